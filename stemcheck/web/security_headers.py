"""Headers that keep a browser from doing more than a page needs."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# the widget, its parts and languages, and the page /check on other websites are loaded by these
PUBLIC_FILES = ("/widget.js", "/parts/", "/languages/", "/check/static/")
CONSOLE_FILES = "/review/static/"


class SecurityHeaders:
    """Adds the headers to every response; replies of the API and pages of the console are never cached."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to what comes back."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                is_public = scope["path"].startswith(PUBLIC_FILES)
                headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_public else "same-origin")
                if scope["path"].startswith(CONSOLE_FILES):
                    # their addresses change with what they hold
                    headers["Cache-Control"] = "public, max-age=31536000, immutable"
                elif scope["path"].startswith(("/api/", "/review")):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, send_with_headers)
