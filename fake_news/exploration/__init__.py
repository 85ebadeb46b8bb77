"""Looking at the data before anything is trained on it. Workshop only."""
