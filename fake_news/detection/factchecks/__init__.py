"""Published fact-checks: what they are about and how they bear on a statement."""
