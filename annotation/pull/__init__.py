"""People's answers into the run, with every version kept."""
