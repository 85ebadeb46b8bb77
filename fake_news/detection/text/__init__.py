"""Text at serving time: offsets, sentences, tokens, features, language, by NumPy and the standard library only."""
