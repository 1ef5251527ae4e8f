"""A stand-in for a language model's server: it answers what a test tells it to, and keeps what it was sent.

with standing_in(says('{"facts": []}')) as server:
    … server.url …, server.requests
"""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Mapping

    Reply = Callable[[BaseHTTPRequestHandler], None]


class Sent(NamedTuple):
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, replies: tuple[Reply, ...]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = list(replies)
        self.requests: list[Sent] = []

    @property
    def url(self) -> str:
        """The base address, as a user would name it."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that has gone, as it does where it has seen enough."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Keep what was sent, and answer the next reply; the last one again and again."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append(Sent(self.path, headers, json.loads(body)))
        self.close_connection = True
        replies = self.server.replies
        (replies.pop(0) if len(replies) > 1 else replies[0])(self)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@contextmanager
def standing_in(*replies: Reply, tls: ssl.SSLContext | None = None) -> Iterator[_Server]:
    """A server that answers the replies in turn."""
    server = _Server(replies)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def says(content: str | None, finish: str = "stop", **message: str) -> Reply:
    """The answer of a model whose server is as it should be."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
    return sends(json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode())


def proposes(*facts: Any) -> Reply:  # noqa: ANN401  whatever a model may write
    """A model that answers facts."""
    return says(json.dumps({"facts": list(facts)}))


def sends(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None, length: int | None = None) -> Reply:
    """Any answer; a length that is not the body's own is a lie of the server."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        told = {"Content-Length": str(len(body) if length is None else length), **(headers or {})}
        for name, value in told.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def writes(data: bytes) -> Reply:
    """Bytes in the place of HTTP."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)

    return reply


def drips(head: bytes, piece: bytes = b" ", seconds: float = 20) -> Reply:
    """A head, and then a piece now and then, so that no single wait is long."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(0.02)

    return reply
