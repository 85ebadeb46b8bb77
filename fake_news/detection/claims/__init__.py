"""Claims: whether a statement is one that can be checked at all."""
