"""Veracity: what may be said about a statement that no ruling decides."""
