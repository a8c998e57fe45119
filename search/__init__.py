"""How anything is found: documents, the engines that hold them, and the pages that ask.

The index proposes, the database disposes: an engine answers from documents which hold only what everyone admitted to
them may read, and every hit is read again through its model's ``visible_to`` before anybody sees it.
"""
