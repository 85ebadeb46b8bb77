"""A second reader: what a language model may be asked about rulings, and what its answer may change.

Nothing here opens a connection; whoever asks hands the model's words in.
"""
