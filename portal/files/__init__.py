"""Private files: received safely, kept under names nobody can guess, served only through the gate.

An app keeps a kind of file by subclassing `models.PrivateFile`, stores uploads with
`actions.store` and says who may read them with `registry.register`. Nothing else hands out bytes.
"""
