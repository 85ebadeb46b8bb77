"""Training a detector: from data sets to a checkpoint."""
