"""Records of runs: one a run, in a folder of JSON files, from code and data to model and figures."""
