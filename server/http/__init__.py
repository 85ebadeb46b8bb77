"""HTTP: waitress, with limits on slow, greedy and many clients."""
