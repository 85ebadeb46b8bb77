"""Statistics: measures, resampling, tests of a difference, and bounds on errors."""
