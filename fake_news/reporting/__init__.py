"""Reporting: rows of figures, charts, and the pages that show them."""
