"""Validating the data sets: what each must look like, as pandera schemas of named expectations."""
