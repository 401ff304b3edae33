"""Fetches one public web page: an address that is resolved once, no way to a private machine, small and quick, robots honoured."""

import ipaddress
import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

MAX_PAGE_BYTES = 2 * 1024 * 1024
MAX_ROBOTS_BYTES = 200 * 1024
FETCH_SECONDS = 5.0
MAX_REDIRECTS = 3
AGENT = "StemCheck"
PORTS = {"http": 80, "https": 443}
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: stands for IPv4
NOT_ALLOWED = (401, 403, 429)  # what a site says to programs that it does not want


class LinkError(Exception):
    """A link that was not read: `refused` (not public, or robots say no) or `failed`."""

    def __init__(self, reason: Literal["refused", "failed"]) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Target:
    """A web address and the machine's number that it was resolved to, which is the one that is asked."""

    url: str
    host: str
    port: int
    number: str


def is_public(number: str) -> bool:
    """Return whether an IP address may be asked: one of the open internet, not of this machine or network."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if not address.is_global or address.is_multicast:
        return False
    inner = _inner(address) if isinstance(address, ipaddress.IPv6Address) else None
    return inner is None or is_public(str(inner))


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the older kind of address that a newer one stands for, if it does."""
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


@dataclass(frozen=True)
class LinkReader:
    """Fetches pages; a test may allow other machines and ports than those of the open web."""

    may_ask: Callable[[str], bool] = is_public
    ports: Sequence[int] = tuple(PORTS.values())
    seconds: float = FETCH_SECONDS

    def fetch(self, url: str) -> bytes:
        """Return the bytes of the page, at most MAX_PAGE_BYTES. Raises LinkError."""
        deadline = time.monotonic() + self.seconds
        for _ in range(MAX_REDIRECTS + 1):
            target = self.resolve(url, deadline)
            if not self._robots_allow(target, deadline):
                raise LinkError("refused")
            status, body, location = _get(target, deadline, MAX_PAGE_BYTES)
            if not location:
                return _checked(status, body)
            url = urljoin(url, location)
        raise LinkError("failed")

    def resolve(self, url: str, deadline: float) -> Target:
        """Return where an address leads. Raises LinkError `refused` for all but public web servers."""
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS.get(parts.scheme, 0)
            host = (parts.hostname or "").encode("idna").decode("ascii")
        except ValueError:  # also what is no name of a machine
            raise LinkError("refused") from None
        if parts.scheme not in PORTS or not host or parts.username or parts.password or port not in self.ports:
            raise LinkError("refused")
        numbers = _look_up(host, port, deadline)
        if not numbers or not all(self.may_ask(number) for number in numbers):
            raise LinkError("refused" if numbers else "failed")
        return Target(url, host, port, numbers[0])

    def _robots_allow(self, target: Target, deadline: float) -> bool:
        from protego import Protego

        parts = urlsplit(target.url)
        robots = Target(f"{parts.scheme}://{parts.netloc}/robots.txt", target.host, target.port, target.number)
        status, body, location = _get(robots, deadline, MAX_ROBOTS_BYTES)
        if status >= 500:  # RFC 9309: rules that cannot be had forbid everything
            return False
        if status >= 400 or location:
            return True
        return bool(Protego.parse(body.decode("utf-8", "replace")).can_fetch(target.url, AGENT))


def fetch_page(url: str) -> bytes:
    """Return the bytes of a public page, within five seconds. Raises LinkError."""
    return LinkReader().fetch(url)


def _look_up(host: str, port: int, deadline: float) -> list[str]:
    pool = ThreadPoolExecutor(1)  # the system's look-up knows no time limit
    try:
        found = pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(_left(deadline))
    except (OSError, FutureTimeout, UnicodeError):
        return []
    finally:
        pool.shutdown(wait=False)
    numbers = dict.fromkeys(str(item[4][0]) for item in found)
    return sorted(numbers, key=lambda number: ":" in number)  # not every machine reaches the newer kind


def _get(target: Target, deadline: float, most: int) -> tuple[int, bytes, str]:
    """Return status, body and the address that it redirects to, asking the very machine that was resolved."""
    import httpx

    number = f"[{target.number}]" if ":" in target.number else target.number
    address = httpx.URL(target.url).copy_with(host=number.strip("[]"))
    headers = {"Host": httpx.URL(target.url).netloc.decode("ascii"), "User-Agent": AGENT, "Accept-Encoding": "identity"}
    try:
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=_left(deadline)) as client,
            client.stream("GET", address, headers=headers, extensions={"sni_hostname": target.host}) as answer,
        ):
            location = answer.headers.get("location", "") if answer.is_redirect else ""
            return answer.status_code, b"" if location else _body(answer, deadline, most), location
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
        raise LinkError("failed") from None


def _body(answer: Any, deadline: float, most: int) -> bytes:
    received = b""
    # raw: a packed body could unpack to a hundred times as much; as it comes: a filled chunk may come after the deadline
    for chunk in answer.iter_raw():
        received += chunk
        if len(received) > most or time.monotonic() > deadline:
            raise LinkError("failed")
    return received


def _checked(status: int, body: bytes) -> bytes:
    if status in NOT_ALLOWED:
        raise LinkError("refused")
    if status != 200:
        raise LinkError("failed")
    return body


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise LinkError("failed")
    return left
