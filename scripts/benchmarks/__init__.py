"""One benchmark a module; scripts/benchmark.py is the door."""
