"""Tuning: searching families and their settings by cross-validation."""
