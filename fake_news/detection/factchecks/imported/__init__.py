"""Imported fact-checks: read from files, kept in a database on this machine, searched with the others."""
