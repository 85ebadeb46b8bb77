"""What commands do, as functions: a command parses and prints."""
