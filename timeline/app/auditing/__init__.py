"""The audits: what is checked, by which rules, and what came of it."""
