"""Training of the cross-encoder, which reads a statement and a core claim together. Needs PyTorch."""
