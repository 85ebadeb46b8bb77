"""The HTTP contract, version 1: one file a subject."""
