"""Measuring the detector by the measures of the field, each beside its baseline, split, n and interval."""
