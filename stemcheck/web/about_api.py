"""What the service says about itself: to visitors, to operators, to programs."""

import json
from functools import lru_cache
from pathlib import Path

import yaml
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from stemcheck.dialogue.flows.handoff import describe_contact
from stemcheck.documents.document import MAX_FILE_BYTES
from stemcheck.replies.citations import describe_source
from stemcheck.web.request_body import MAX_CHARACTERS

OPENAPI = Path(__file__).parent / "openapi.yml"


async def about(request: Request) -> Response:
    """Return what the widget shows about itself."""
    state = request.app.state
    source = next(source for source in state.library.sources.values() if source.kind == "source")
    body = {
        "assistant": "StemCheck",
        "disclaimer": state.library.replies["greeting"].variants[0],
        "retention_days": state.settings.retention_days,
        "max_characters": MAX_CHARACTERS,
        "max_file_bytes": MAX_FILE_BYTES,
        "reads_links": state.settings.fetch_links == "on",
        "source": describe_source(source),
        "contact": describe_contact(state.library, state.settings),
    }
    return JSONResponse(body)


async def openapi(_request: Request) -> Response:
    """Return the OpenAPI description of the API."""
    return Response(_openapi_json(), media_type="application/json")


@lru_cache(maxsize=1)
def _openapi_json() -> str:
    return json.dumps(yaml.safe_load(OPENAPI.read_text(encoding="utf-8")))


async def live(_request: Request) -> Response:
    """Return 200: the process runs."""
    return JSONResponse({"live": True})


async def ready(request: Request) -> Response:
    """Return 200 when a message could be answered now, else 503."""
    is_ready = await request.app.state.rasa.is_ready()
    return JSONResponse({"ready": is_ready}, 200 if is_ready else 503)


async def metrics(_request: Request) -> Response:
    """Return the figures for Prometheus."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
