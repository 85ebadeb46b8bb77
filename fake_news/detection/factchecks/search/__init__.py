"""Finding the few rulings that may bear on a statement, by meaning and by words."""
