"""A language model as second reader: what it is asked about rulings, and what its answer may change.

Nothing here opens a connection; callers pass in the model's answer.
"""
