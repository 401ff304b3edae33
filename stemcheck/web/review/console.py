"""The review console as one application under /review, with what all its pages share."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route

from stemcheck.content.library import Library
from stemcheck.settings import Settings
from stemcheck.storage.sql import Engine
from stemcheck.web.review.choices import situation_title
from stemcheck.web.review.meaning import QuestionVectors
from stemcheck.web.review.openid_provider import OpenIdProvider
from stemcheck.web.review.refusals import answer_refusal
from stemcheck.web.review.replay_reader import Reader, load_reader
from stemcheck.web.review.words import FILTERS

TEMPLATES = Path(__file__).parents[1] / "templates" / "review"
STYLE = Path(__file__).parents[1] / "static" / "review" / "review.css"


@dataclass(frozen=True)
class Console:
    """What every page needs. `load_reader` gives what reads a message today; `openid` is None when it is off."""

    settings: Settings
    library: Library
    engine: Engine
    secret: str
    load_reader: Callable[[], Reader]
    openid: OpenIdProvider | None = None
    vectors: QuestionVectors = field(default_factory=QuestionVectors)
    templates: Environment = field(default_factory=lambda: build_templates())


def build_console(settings: Settings, library: Library, engine: Engine, secret: str) -> Console:
    """Return the console that the settings ask for."""
    openid = OpenIdProvider(settings) if settings.review_openid_issuer else None
    reader = lru_cache(maxsize=1)(partial(load_reader, settings.rasa_port, library, settings.data_folder))
    return Console(settings, library, engine, secret, reader, openid=openid)


def review_routes(console: Console) -> list[Mount | Route]:
    """Return the console, ready to be put among the routes of the web service; `/review` leads to `/review/`."""
    from stemcheck.web.review.routes import routes

    app = Starlette(routes=routes(), exception_handlers={HTTPException: answer_refusal, Exception: answer_refusal})
    app.state.console = console
    return [Mount("/review", app=app), Route("/review", lambda request: RedirectResponse("/review/", 308))]


def build_templates() -> Environment:
    """Return the templates; every value in them is escaped."""
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=select_autoescape(default=True), trim_blocks=True)
    environment.filters.update(FILTERS)
    environment.filters["situation"] = lambda id, library: situation_title(library, id)
    digest = hashlib.sha256(STYLE.read_bytes()).hexdigest()[:12]
    environment.globals["style"] = f"/review/static/{STYLE.name}?{digest}"  # browsers keep it until it changes
    return environment
