"""A website that embeds a widget: serves one page and the widget's script, gzipped, as a website would."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class HostWebsite(ThreadingHTTPServer):
    """Serves what is in `pages`: path → (content type, gzipped content); all else is 404."""

    pages: dict[str, tuple[str, bytes]]
    daemon_threads = True

    def show(self, page: str, script: Path) -> None:
        """From now on, serve this page and this script."""
        self.pages = {
            "/": ("text/html; charset=utf-8", gzip.compress(page.encode(), 9)),
            f"/{script.name}": ("text/javascript; charset=utf-8", gzip.compress(script.read_bytes(), 9)),
        }

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self.server_port}"


class Visit(BaseHTTPRequestHandler):
    """One request."""

    server: HostWebsite
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send the page or the script."""
        kind, content = self.server.pages.get(self.path, ("text/plain", gzip.compress(b"")))
        self.send_response(200 if self.path in self.server.pages else 404)
        headers = {"Content-Type": kind, "Content-Encoding": "gzip", "Content-Length": str(len(content))}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def host_website() -> Iterator[HostWebsite]:
    """Run the website on a free port of this machine."""
    server = HostWebsite(("127.0.0.1", 0), Visit)
    server.pages = {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
