"""The second reader: a language model that the reader of a page runs, asked about one statement at a time."""
