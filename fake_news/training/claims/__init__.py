"""Fitting the model of what is a claim on a page."""
