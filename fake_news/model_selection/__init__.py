"""Model selection: families of models, their comparison, and the search for settings."""
