"""Turns sections, pages and listings into text, JSON, JSON lines and CSV.

Pure: a value in, a text or an iterator of texts out. Knows sections and pages only, never a topic, a database or a
terminal.
"""
