"""Retraining with a gate: new data and feedback, a challenger, its comparison with the champion, the switch."""
