"""The benchmarks, one in each module; scripts/benchmark.py runs them."""
