"""Event-sourced corporate timelines: every reported fact an immutable dated event, every answer rebuilt from events.

`Timeline` is loaded on first use, so that `import timeline` stays as cheap as the commands need it to be.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.app import Timeline

__all__ = ["Timeline", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name == "Timeline":
        from timeline.app import Timeline

        return Timeline
    message = f"module 'timeline' has no attribute {name!r}"
    raise AttributeError(message)
