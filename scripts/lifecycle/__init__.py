"""The parts of scripts/walk_lifecycle.py."""
