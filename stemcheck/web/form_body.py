"""Read a form that a browser sends without script: bounded, and only from a page of this service."""

from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from stemcheck.web.errors import ApiError

# more than what may be checked, so that a text that is too long comes back in its box: 8,000 emoji are 96 kB here
MAX_FORM_BYTES = 512 * 1024
MAX_FIELDS = 4
FORM = "application/x-www-form-urlencoded"
FAR_TOO_LONG = (
    "The text is far too long: at most 8,000 characters fit. Your browser’s back button brings it back to you."
)


def is_from_elsewhere(request: Request) -> bool:
    """Return whether the form stood on another website, by what the browser says of it: Sec-Fetch-Site, else Origin."""
    site = request.headers.get("sec-fetch-site")
    if site:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return bool(origin) and urlsplit(origin).netloc != request.headers.get("host", "")


async def read_text_field(request: Request, name: str) -> str:
    """Return one field of the form, its line ends as "\\n". Raises ApiError."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
        raise ApiError("bad-type", "Please use the form on this page.")
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > MAX_FORM_BYTES:
            raise ApiError("too-long", FAR_TOO_LONG)
    try:
        fields = dict(parse_qsl(received.decode("ascii"), keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except ValueError:
        raise ApiError("bad-request", "Please use the form on this page.") from None
    # a browser sends every line end as two characters, which nobody typed, and NUL is no text
    return fields.get(name, "").replace("\r\n", "\n").replace("\0", "")
