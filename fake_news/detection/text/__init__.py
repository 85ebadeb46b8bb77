"""Text at serving time: offsets, sentences, tokens, features, language. NumPy and the standard library only."""
