"""Texts that are kept beside the database, so that drafts, audits and the search for reprints can read them again.

A folder, for its owner only, with a file for each text, named by the hash that its source records. An index holds a
sample of each text's shingles, a record a text, appended in one write; it is no more than a cache: records that are
missing or damaged are made again from the texts.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import struct
from array import array
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from timeline.errors import TimelineError, Unverified
from timeline.prose.shingles import Sketch, shingles, sketch
from timeline.prose.text import plain_text
from timeline.store.database import filename, is_server, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.prose.text import Text
    from timeline.store.database import Target

_SUFFIX: Final = ".texts"
_NAMED: Final = re.compile(r"([0-9a-f]{64})\.txt")
_INDEX: Final = "shingles.1"
_HEAD: Final = struct.Struct("<32sIHI8s")
"""Hash of the text, number of its shingles, one in how many is kept, how many are, checksum of it all."""

_COUNTED: Final = _HEAD.size - 8
"""Bytes of it before the checksum."""


def folder_of(database: Target) -> Path:
    """The folder of a database's texts: beside its file; of one on a server, in the user's data directory."""
    if not is_server(database):
        return Path(filename(database) + _SUFFIX)
    from platformdirs import user_data_path

    name = hashlib.sha256(shown(database).encode()).hexdigest()[:16]
    return user_data_path("timeline", appauthor=False) / f"server-{name}{_SUFFIX}"


def keep(folder: Path, text: Text) -> Path:
    """Keep a text; one that is there already stays as it is. Returns its file.

    Raises:
        TimelineError: it cannot be written.
    """
    file = folder / f"{text.sha256}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            _write(file, text.body.encode("utf-8", "surrogatepass"))
            _append(folder, _record(text.sha256, sketch(shingles(text.paragraphs))))
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise TimelineError(
            f"the text cannot be kept in {folder}: {why}", "leave --keep-text out, or make it writable"
        ) from error
    return file


def kept_text(folder: Path, sha256: str) -> Text | None:
    """A text that is kept; None where it is not.

    Raises:
        Unverified: what is kept under this hash is another text.
    """
    file = folder / f"{sha256}.txt"
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TimelineError(
            f"{file} cannot be read: {(error.strerror or str(error)).lower()}", "check its permissions"
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Unverified(f"{file} was changed: it is not the text that was kept", "delete it, and keep the text again")
    return plain_text(data, str(file))


def kept_hashes(folder: Path) -> frozenset[str]:
    """Hashes of the texts that are kept."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are enough, and there may be thousands
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()
    return frozenset(found[1] for name in names if (found := _NAMED.fullmatch(name)))


def sketches(folder: Path) -> Mapping[str, Sketch]:
    """A sample of the shingles of each text that is kept, by its hash; the index is mended where it has not all."""
    kept = kept_hashes(folder)
    indexed, is_whole = _indexed(folder) if kept else ({}, True)
    found = {sha256: each for sha256, each in indexed.items() if sha256 in kept}
    missing = {sha256: made for sha256 in sorted(kept - found.keys()) if (made := _made_again(folder, sha256))}
    # Where the folder may not be written, they are made each time.
    with suppress(OSError):
        if not is_whole:
            _write(folder / _INDEX, b"".join(_record(*each) for each in (found | missing).items()))
        elif missing:
            _append(folder, b"".join(_record(*each) for each in missing.items()))
    return found | missing


def _made_again(folder: Path, sha256: str) -> Sketch | None:
    """The sample of a text that the index lacks; None for a text that was changed, which `kept_text` tells."""
    try:
        text = kept_text(folder, sha256)
    except TimelineError:
        return None
    return sketch(shingles(text.paragraphs)) if text else None


def _indexed(folder: Path) -> tuple[dict[str, Sketch], bool]:
    """The records that are whole, and whether all are; what follows a damaged one is not read."""
    try:
        data = (folder / _INDEX).read_bytes()
    except OSError:
        return {}, True
    found, at = dict[str, Sketch](), 0
    while at + _HEAD.size <= len(data):
        digest, size, each, count, checksum = _HEAD.unpack_from(data, at)
        body = data[at + _HEAD.size : at + _HEAD.size + 8 * count]
        if len(body) < 8 * count or _checksum(data[at : at + _COUNTED], body) != checksum:
            break
        found[digest.hex()] = Sketch(size, each, frozenset(array("Q", body)))
        at += _HEAD.size + len(body)
    return found, at == len(data)


def _record(sha256: str, made: Sketch) -> bytes:
    body = array("Q", sorted(made.kept)).tobytes()
    head = _HEAD.pack(bytes.fromhex(sha256), made.size, made.each, len(made.kept), b"")[:_COUNTED]
    return head + _checksum(head, body) + body


def _checksum(head: bytes, body: bytes) -> bytes:
    return hashlib.blake2b(head + body, digest_size=8).digest()


def _append(folder: Path, record: bytes) -> None:
    descriptor = os.open(folder / _INDEX, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab", buffering=0) as file:
        file.write(record)


def _write(file: Path, data: bytes) -> None:
    """The whole file or none of it, whatever happens meanwhile."""
    half = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
