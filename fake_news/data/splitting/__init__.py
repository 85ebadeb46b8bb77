"""Splitting a set into train, valid and test: no text on two sides, the same for the same seed, and written down."""
