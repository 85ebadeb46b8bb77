"""Second opinions: a language model that the user runs, asked about one statement at a time."""
