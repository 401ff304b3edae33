"""`GET /claims`: every claim type with its verdict, for readers and, as ClaimReview, for search engines."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from stemcheck.replies.claim_list import list_claims, main_source
from stemcheck.replies.claim_review import AUTHOR, claim_reviews

TEMPLATES = Path(__file__).parent / "templates"


async def show_claims(request: Request) -> Response:
    """Return the page; the addresses in its ClaimReviews are those under which it was asked for."""
    state = request.app.state
    author = state.settings.contact_name or AUTHOR
    page = _template().render(
        author=author,
        claims=list_claims(state.library),
        reviews=claim_reviews(state.library, site=str(request.base_url), author=author),
        source=main_source(state.library),
    )
    return HTMLResponse(page)


@lru_cache(maxsize=1)
def _template() -> Template:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True).get_template(
        "claims.html"
    )
