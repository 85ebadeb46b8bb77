"""Whether what is read still looks like what a detector was measured with: histograms, and no text."""
