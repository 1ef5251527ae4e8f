"""The address of a language model: what is asked there, how it is shown, and whether a key may go there in clear."""

from __future__ import annotations

import ipaddress
import socket
from typing import Final
from urllib.parse import SplitResult, urlsplit

from timeline.errors import TimelineError

_ENDPOINT: Final = "/chat/completions"
_EXAMPLE: Final = "http://localhost:11434/v1 or https://api.example.com/v1"
_HOSTLESS: Final = f"write TIMELINE_LLM_URL as a web address, such as {_EXAMPLE}"


def endpoint(url: str) -> str:
    """The address that is asked, of a base address up to /v1 or of the whole one.

    Raises:
        TimelineError: it is no web address, or it has a name and a password in it.
    """
    parts = _parts(url)
    path = parts.path.rstrip("/")
    if not path.endswith(_ENDPOINT):
        path = (path or "/v1") + _ENDPOINT
    return parts._replace(path=path, fragment="").geturl()


def origin(url: str) -> str:
    """Scheme, host and port: all of an address that may be shown, as the rest can hold a key."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}"


def is_near(url: str) -> bool:
    """Whether the host is this machine or one of a private network, by every address that its name has.

    Raises:
        OSError: the name has no address.
    """
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return _is_private(host)
    except ValueError:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        return bool(found) and all(_is_private(str(address[0])) for *_, address in found)


def _is_private(address: str) -> bool:
    number = ipaddress.ip_address(address)
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    place = mapped or number
    return place.is_private or place.is_loopback or place.is_link_local


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        raise TimelineError("the address of the language model cannot be read", _HOSTLESS) from None
    if not sound or not url.isascii() or any(char.isspace() for char in url.strip()):
        raise TimelineError("the address of the language model is no web address", _HOSTLESS)
    if parts.username is not None or parts.password is not None:
        what = "the address of the language model has a name or a password in it"
        raise TimelineError(what, "give the key by TIMELINE_LLM_KEY, which is never shown")
    return parts
