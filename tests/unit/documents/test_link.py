"""Links: public pages alone, small and quick, and what robots.txt forbids is not read."""

import http.server
import threading
import time
from contextlib import contextmanager

import pytest

from stemcheck.documents.link import MAX_PAGE_BYTES, LinkError, LinkReader, fetch_page, is_public

PAGE = b"<html><body><p>Stem cells cure MS.</p></body></html>"


class Site(http.server.BaseHTTPRequestHandler):
    pages: dict

    def do_GET(self):
        self.server.asked.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
        page = self.pages.get(self.path, 404)
        if callable(page):
            return page(self)
        status, body = (page, b"") if isinstance(page, int) else (200, page)
        location = body.decode() if body.startswith((b"http", b"/")) and body != PAGE else ""
        self.send_response(302 if location else status)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(b"" if location else body)

    def log_message(self, *_):
        pass


@contextmanager
def site(**pages):
    """A web server on this machine with these pages, by their path."""
    handler = type(
        "Handler",
        (Site,),
        {"pages": {f"/{name.replace('robots_txt', 'robots.txt')}": page for name, page in pages.items()}},
    )
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.asked = []
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def reader(server, seconds=60):
    """A reader that may ask this machine, which the real one may not."""
    return LinkReader(
        may_ask=lambda number: number in ("127.0.0.1", "::1"), ports=[server.server_port], seconds=seconds
    )


def reason_of(fetch, url):
    with pytest.raises(LinkError) as problem:
        fetch(url)
    return problem.value.reason


def test_page_is_fetched_by_the_number_that_was_looked_up():
    with site(page=PAGE) as (server, url):
        name = url.replace("127.0.0.1", "localhost")

        assert reader(server).fetch(f"{name}/page") == PAGE
        assert [path for path, _, _ in server.asked] == ["/robots.txt", "/page"]
        assert server.asked[1][1:] == (name.removeprefix("http://"), "StemCheck")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/",
        "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://[fd00::1]/", "http://2130706433/", "http://0x7f.1/", "http://224.0.0.1/",
        "http://100.64.0.1/", "ftp://93.184.216.34/", "file:///etc/passwd", "javascript:alert(1)", "http://user:pw@93.184.216.34/",
        "http://93.184.216.34:22/", "https://", "nonsense", "http://[", "http://a..b/", "http://93.184.216.34:99999/",
    ],
)  # fmt: skip
def test_what_is_no_public_web_page_is_refused(url):
    assert reason_of(fetch_page, url) in ("refused", "failed")
    if "nonsense" not in url and ".." not in url and "[" not in url:
        assert reason_of(fetch_page, url) == "refused"


@pytest.mark.parametrize(
    ("number", "public"),
    [
        *[(number, True) for number in ("93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822")],
        *[(number, False) for number in ("64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:10.0.0.1", "fe80::1%eth0", "::")],
    ],
)
def test_public_numbers(number, public):
    assert is_public(number) is public


def test_redirect_within_the_web_is_followed_and_one_to_a_private_machine_is_not():
    def lead_inside(handler):
        handler.send_response(302)
        handler.send_header("Location", f"http://169.254.169.254:{handler.server.server_port}/latest")
        handler.end_headers()

    with site(old=b"/new", new=PAGE, inside=lead_inside, round=b"/round") as (server, url):
        assert reader(server).fetch(f"{url}/old") == PAGE
        assert reason_of(reader(server).fetch, f"{url}/inside") == "refused"
        assert reason_of(reader(server).fetch, f"{url}/round") == "failed"


def test_robots_are_honoured():
    with site(robots_txt=b"User-agent: *\nDisallow: /private", private=PAGE, page=PAGE) as (server, url):
        assert reader(server).fetch(f"{url}/page") == PAGE
        assert reason_of(reader(server).fetch, f"{url}/private") == "refused"
    with site(robots_txt=503, page=PAGE) as (server, url):
        assert reason_of(reader(server).fetch, f"{url}/page") == "refused"


def test_page_of_more_than_two_megabytes_is_not_taken():
    with site(large=b"x" * (MAX_PAGE_BYTES + 1), fits=b"x" * MAX_PAGE_BYTES) as (server, url):
        assert reason_of(reader(server).fetch, f"{url}/large") == "failed"
        assert len(reader(server).fetch(f"{url}/fits")) == MAX_PAGE_BYTES


def test_page_that_comes_drop_by_drop_is_given_up():
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 100)
            handler.wfile.flush()
            time.sleep(0.1)

    with site(drip=drip) as (server, url):
        began = time.monotonic()

        assert reason_of(reader(server, seconds=1.5).fetch, f"{url}/drip") == "failed"
        assert time.monotonic() - began < 8


@pytest.mark.parametrize(("status", "reason"), [(403, "refused"), (404, "failed"), (500, "failed")])
def test_page_that_is_not_given_is_not_read(status, reason):
    with site(page=status) as (server, url):
        assert reason_of(reader(server).fetch, f"{url}/page") == reason
