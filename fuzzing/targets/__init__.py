"""One module for each reader: `SEEDS` to begin with, `WORDS` worth trying, and `run`, which feeds it one input."""
