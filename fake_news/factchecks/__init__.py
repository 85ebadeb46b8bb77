"""Published fact-checks: finding the ruling on a claim, offline. NumPy and the standard library only."""
