"""Bringing imported fact-checks up to date: the only part of Plumbline that fetches anything from the web for a reader.

Neither the server nor anything that judges a text may import it; a contract of import-linter holds that.
"""
