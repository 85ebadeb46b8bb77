"""What holds between a statement and a checked claim: it says it, follows from it, denies it, or neither."""
