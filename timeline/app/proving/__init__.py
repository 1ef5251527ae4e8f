"""Proofs about the log, made here and checked anywhere."""
