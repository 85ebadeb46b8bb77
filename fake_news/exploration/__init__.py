"""Exploration of the data before anything is trained on it."""
