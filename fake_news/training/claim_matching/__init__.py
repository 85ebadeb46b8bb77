"""The workshop of claim matching: the pairs, the term vectors and the pair model that the index ships with."""
