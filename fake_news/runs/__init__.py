"""The workshop's memory: one record a run, in a folder of JSON files, from code and data to model and figures."""
