"""Small real HTTP servers on loopback that stand for a Rasa in trouble."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ANSWER = {
    "role": "assistant",
    "kind": "answer",
    "text": "A stem cell is a cell that can become others.",
    "facts": ["stem-cell-definition"],
    "claims": [],
    "updates": [],
    "sources": [],
    "citations": [],
    "suggestions": [],
}


@dataclass
class FakeRasa:
    """A server on `port`; `behave` gets the handler of each message and answers it, well or badly."""

    port: int
    behave: Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]
    messages: list[dict[str, Any]] = field(default_factory=list)
    is_ready: bool = True


def answer(handler: BaseHTTPRequestHandler, message: dict[str, Any]) -> None:
    """Answer as Rasa does; the text tells which message is answered."""
    send(handler, [{"recipient_id": message["sender"], "custom": {**ANSWER, "text": f"Reply to {message['message']}"}}])


def send(handler: BaseHTTPRequestHandler, body: Any, status: int = 200) -> None:
    """Send a body as JSON."""
    send_bytes(handler, json.dumps(body).encode(), status)


def send_bytes(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, length: int | None = None) -> None:
    """Send bytes, with another length than theirs if wanted."""
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def hang(_handler: BaseHTTPRequestHandler, _message: dict[str, Any]) -> None:
    """Keep the connection and say nothing."""
    time.sleep(4)


def dribble(handler: BaseHTTPRequestHandler, _message: dict[str, Any]) -> None:
    """Send a blank every now and then, so that no single wait is long."""
    send_bytes(handler, b"", length=1000)
    for _ in range(40):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def die_in_the_middle(handler: BaseHTTPRequestHandler, _message: dict[str, Any]) -> None:
    """Promise a thousand bytes, send ten, and close."""
    send_bytes(handler, b'[{"custom"', length=1000)


def die_at_once(handler: BaseHTTPRequestHandler, _message: dict[str, Any]) -> None:
    """Close without a word."""
    handler.connection.close()


@contextmanager
def fake_rasa(port: int) -> Iterator[FakeRasa]:
    """Give a server that answers well until told otherwise; it also stands for the action server's health."""
    fake = FakeRasa(port, answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.messages.append(message)
            with suppress(OSError):  # the other side has gone, as it should
                fake.behave(self, message)

        def do_GET(self) -> None:
            send(self, {"ready": fake.is_ready}, 200 if fake.is_ready else 503)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
