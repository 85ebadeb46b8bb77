"""Everything that judges a text."""
