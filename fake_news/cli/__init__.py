"""The commands of ``python -m fake_news``, one a module: ``add`` adds it to the parser.

A command imports the packages for training when it runs, so that `check` starts without scikit-learn.
"""
