"""Drafts measured against annotations; `python -m evaluation --texts FOLDER` prints the figures.

What is compared with what, and by which rules, stands in README.md beside this.
"""
