"""A language model as judge of relations: what it is asked about rulings, and what its answer may change in a verdict.

Nothing here opens a connection; callers pass in the model's answer.
"""
