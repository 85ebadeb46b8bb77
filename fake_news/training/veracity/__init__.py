"""Training what may be said of a statement that no ruling decides."""
