"""Use cases as functions, which commands, notebooks and tests call; a command only parses and prints."""
