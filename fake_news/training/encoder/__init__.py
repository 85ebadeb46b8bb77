"""Training the encoder, from the data sets to its folder."""
