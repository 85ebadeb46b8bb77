"""What everything else may import: it imports nothing of ours but the errors."""
