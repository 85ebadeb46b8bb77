"""The relation of a statement to a checked claim: it says it, follows from it, denies it, or none of these."""
