"""Fitting what tells a claim from everything else on a page."""
