"""Training the relation model, which reads what a ruling means for a sentence, and building the index of rulings."""
