"""Scoring files of any size with a detector: streamed, in parallel, and resumed after a kill."""
