"""Error analysis: where, on what and why the recipe errs on statements that it was not fitted on.

Everything here looks at training and validation statements; the test splits stay unseen, so that what is learned from
a look at errors may change the recipe.
"""
