"""The search for claims near a statement, by vectors and by terms."""
