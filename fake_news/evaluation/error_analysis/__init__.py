"""Error analysis: where, on what and why the recipe errs on statements that it was not fitted on.

Everything here uses training and validation statements; the test splits stay unseen, so that what the errors teach may
change the recipe.
"""
