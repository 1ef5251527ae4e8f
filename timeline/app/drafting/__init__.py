"""From a text to a fixture and back: what a text prints set against the facts that are told of it."""
