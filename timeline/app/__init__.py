"""The use cases, behind the one facade `Timeline`, the Python API: the only place that wires the parts."""

from timeline.app.facade import Timeline

__all__ = ["Timeline"]
