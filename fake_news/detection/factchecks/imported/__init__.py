"""The reader's own fact-checks: imported from files, kept in a database on this machine, searched with the others."""
