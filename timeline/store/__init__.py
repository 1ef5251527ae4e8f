"""The database: the append-only log, the read models made from it, and how it is opened, upgraded, read and written.

Knows envelopes, bytes and sections, but no topic: what a body means is `timeline.catalog`'s. `opening` is the door.
What reading commands need imports neither SQLAlchemy nor SQLModel; `writer`, `migration` and `tables` do.
"""
