"""Data sets and checkpoints in a folder or in S3: pushed whole or not at all, fetched through a verified cache."""
