"""Training for claim matching: the pairs, the term vectors and the pair model that ship with the index."""
