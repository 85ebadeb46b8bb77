"""Splitting a set into train, valid and test: no text in two parts, reproducible, documented by a manifest."""
