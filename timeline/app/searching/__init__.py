"""Finding events by the words in them."""
