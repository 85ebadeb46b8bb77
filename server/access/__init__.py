"""Access: who may ask, how often, and by which token."""
