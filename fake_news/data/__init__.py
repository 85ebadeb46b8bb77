"""Reading the data sets: one loader a source, each naming its licence and its traps. Training side only."""
