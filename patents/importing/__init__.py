"""Bringing patents in from files: read any known shape, row by row, and write each thing once.

sources  a file as a stream of bounded lines, whole or refused
readers  which shapes are known; each turns a stream into records and rejections
records  one patent as a source tells it: plain, cleaned, comparable
writing  a batch of records into the database, in one transaction
running  a whole file: batches, progress, resuming, rejects, dry runs
"""
