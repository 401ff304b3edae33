"""The web service: one list of routes."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stemcheck.content.library import Library, load_library
from stemcheck.reading.document_language import load_language_teller
from stemcheck.settings import Settings, load_settings
from stemcheck.storage.database import STATEMENT_SECONDS, create_engine
from stemcheck.storage.masking_rules import load_masking_rules
from stemcheck.storage.migrate import migrate
from stemcheck.storage.store import Store
from stemcheck.web import about_api, chat_api, check_api, check_page, claims_page, document_api
from stemcheck.web.chat import Chat
from stemcheck.web.errors import ApiError, answer_error
from stemcheck.web.metrics import SECONDS
from stemcheck.web.rasa_client import RasaClient
from stemcheck.web.rate_limits import RateLimits
from stemcheck.web.review.console import build_console, review_routes
from stemcheck.web.security_headers import SecurityHeaders
from stemcheck.web.tokens import Tokens, load_secret

if TYPE_CHECKING:
    from stemcheck.claims.spotter import ClaimFinder

STATIC = Path(__file__).parent / "static"
# files alone: a compressed reply could betray what is secret in it by its length
GZIPPED = [Middleware(GZipMiddleware, compresslevel=9)]


async def widget(_request: Request) -> Response:
    """Return the widget's script."""
    return FileResponse(
        STATIC / "widget.js", media_type="text/javascript", headers={"Cache-Control": "public, max-age=3600"}
    )


def routes() -> list[Route | Mount]:
    """Return every address of the service."""
    conversation = "/conversations/{conversation_id}"
    api = [
        Route("/conversations", chat_api.open_conversation, methods=["POST"]),
        Route(f"{conversation}/messages", chat_api.send_message, methods=["POST"]),
        Route(conversation, chat_api.read_transcript, methods=["GET"]),
        Route(conversation, chat_api.erase_conversation, methods=["DELETE"]),
        Route(f"{conversation}/feedback", chat_api.give_feedback, methods=["POST"]),
        Route("/check", check_api.check_text, methods=["POST"]),
        Route("/check/file", document_api.check_file, methods=["POST"]),
        Route("/check/link", document_api.check_link, methods=["POST"]),
        Route("/about", about_api.about, methods=["GET"]),
    ]
    return [
        Mount("/api", routes=api),  # a mount of its own: else the demo page's would answer a wrong method with 404
        Route("/claims", claims_page.show_claims, methods=["GET"], name="claims"),
        Route("/check", check_page.check_page, methods=["GET", "POST"]),
        Route("/check/static/report.css", check_page.report_looks, methods=["GET"], middleware=GZIPPED),
        Mount("/check/static", StaticFiles(directory=STATIC / "check"), middleware=GZIPPED),
        Mount("/claims/static", StaticFiles(directory=STATIC / "claims")),
        Route("/openapi.json", about_api.openapi, methods=["GET"]),
        Route("/health/live", about_api.live, methods=["GET"]),
        Route("/health/ready", about_api.ready, methods=["GET"]),
        Route("/metrics", about_api.metrics, methods=["GET"]),
        Route("/widget.js", widget, methods=["GET"], middleware=GZIPPED),
        Mount("/parts", StaticFiles(directory=STATIC / "parts"), middleware=GZIPPED),
        Mount("/languages", StaticFiles(directory=STATIC / "languages"), middleware=GZIPPED),
        Mount("/", StaticFiles(directory=STATIC / "demo", html=True), middleware=GZIPPED),
    ]


def create_app(settings: Settings | None = None, library: Library | None = None) -> Starlette:
    """Return the service. Raises ContentError or SettingsError when something is wrong with either, also with the masking rules."""
    load_masking_rules()
    settings = settings or load_settings()
    library = library or load_library(settings.data_folder)
    secret = load_secret(settings.secret_file)
    engine = create_engine(settings.database_url)
    chat_engine = create_engine(settings.database_url, statement_seconds=STATEMENT_SECONDS)
    rasa = RasaClient(settings.rasa_port, settings.actions_port, settings.reply_seconds)
    chat = Chat(settings, library, Store(chat_engine), rasa, secret)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        migrate(engine)
        yield
        chat.close()
        await rasa.close()
        for used in (engine, chat_engine):
            used.dispose()

    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.origins(),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
        expose_headers=["Retry-After"],
        max_age=3600,
    )
    app = Starlette(
        routes=routes(),
        middleware=[Middleware(RequestTimes), Middleware(SecurityHeaders), cors],
        exception_handlers={ApiError: answer_error, HTTPException: answer_error, Exception: answer_error},
        lifespan=lifespan,
    )
    app.state.settings, app.state.library, app.state.rasa = settings, library, rasa
    app.state.tokens = Tokens(secret, settings.token_days)
    app.state.rate_limits = RateLimits(settings)
    app.state.chat = chat
    app.state.load_spotter = _load_once()
    app.state.checks = check_api.admit_checks(settings.checks_at_once)
    app.state.uploads = document_api.admit_uploads()
    app.state.tell_language = load_language_teller(library)
    app.router.routes[:0] = review_routes(build_console(settings, library, engine, secret))
    return app


def _load_once() -> "Callable[[], ClaimFinder]":
    """Return a function that loads the claim spotter when it is first needed: most visitors never call the check API."""
    lock = Lock()  # two first calls at the same moment load one

    @lru_cache(maxsize=1)
    def load() -> "ClaimFinder":
        from stemcheck.claims.spotter import load_spotter

        return load_spotter()

    def load_alone() -> "ClaimFinder":
        with lock:
            return load()

    return load_alone


class RequestTimes:
    """Measures each request, by route and status."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and measure it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), "none"

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, note_status)
        finally:
            SECONDS.labels(_route_of(scope), status).observe(time.perf_counter() - began)


def _route_of(scope: Scope) -> str:
    """Return the address as it stands in the list of routes, without the id of a conversation."""
    route = scope.get("route")
    prefix = scope.get("root_path", "") if isinstance(route, Route) else ""
    return prefix + getattr(route, "path", "other")
