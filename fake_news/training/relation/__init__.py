"""Training what reads meaning: the encoder with its head, and the relation model on top of it."""
