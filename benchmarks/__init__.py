"""Measurements side by side with what one would use instead; `python -m benchmarks` runs all and prints the ratios.

A module with a function `measure` is a benchmark. Times are medians of runs that take turns, since a machine's speed
drifts: only their ratio means something elsewhere.
"""
