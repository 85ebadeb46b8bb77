"""The commands of ``python -m fake_news``, one a module: ``add`` tells the parser of it.

A command imports the workshop when it runs, so that `check` starts without scikit-learn.
"""
