"""Taking in rows by the million."""
