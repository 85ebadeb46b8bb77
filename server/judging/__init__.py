"""Judging: requests for verdicts, how many at once, by which detector."""
