"""What lets anyone check that the log was not rewritten: the Merkle tree over it and the checkpoints of its root.

Pure, and on `hashlib` alone: a checker needs nothing of this program but these few lines.
"""
