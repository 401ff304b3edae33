"""Every address of the review console, with the least role that may use it."""

from pathlib import Path

from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from stemcheck.web.review import (
    conversation,
    corrections,
    erasures,
    exports,
    figure_files,
    figures,
    labelling,
    lists,
    openid_sign_in,
    people,
    replay,
    sign_in,
    work,
)
from stemcheck.web.review.gate import Page, guarded

STATIC = Path(__file__).parents[1] / "static" / "review"

PAGES = (
    Page("GET", "/", "viewer", lists.show_queue),
    Page("GET", "/search", "viewer", lists.show_search),
    Page("GET", "/conversation", "viewer", conversation.show_conversation),
    Page("GET", "/conversation/go", "viewer", conversation.show_neighbour),
    Page("GET", "/replay", "viewer", replay.show_replay),
    Page("GET", "/figures", "viewer", figures.show_figures),
    Page("GET", "/figures.csv", "viewer", figure_files.export_figures),
    Page("GET", "/figures/refused.csv", "reviewer", figure_files.export_refused),
    Page("GET", "/corrections", "viewer", corrections.show_corrections),
    Page("POST", "/sign-out", "viewer", sign_in.sign_out),
    Page("POST", "/status", "reviewer", work.change_status),
    Page("POST", "/assign", "reviewer", work.change_assignment),
    Page("POST", "/tag", "reviewer", work.tag),
    Page("POST", "/untag", "reviewer", work.untag),
    Page("POST", "/note", "reviewer", work.note),
    Page("POST", "/many", "reviewer", work.change_many),
    Page("GET", "/correct", "reviewer", corrections.show_correction),
    Page("POST", "/correct", "reviewer", corrections.correct),
    Page("POST", "/corrections/withdraw", "reviewer", corrections.withdraw),
    Page("GET", "/corrections.zip", "reviewer", corrections.export_corrections),
    Page("GET", "/exports", "reviewer", exports.show_export),
    Page("GET", "/export", "reviewer", exports.export_conversations),
    Page("GET", "/label-studio.xml", "reviewer", labelling.export_labelling),
    Page("GET", "/erase", "admin", erasures.confirm_erasure),
    Page("POST", "/erase", "admin", erasures.erase),
    Page("GET", "/erasures", "admin", erasures.show_erasures),
    Page("POST", "/erasures/finish", "admin", erasures.finish),
    Page("GET", "/people", "admin", people.show_people),
    Page("POST", "/people", "admin", people.change_people),
    Page("GET", "/audit", "admin", people.show_audit),
)


def routes() -> list[Route | Mount]:
    """Return the routes: the ways in and the style sheet are open to all, every other page is guarded."""
    return [
        Route("/sign-in", sign_in.show_sign_in, methods=["GET"], name="sign_in"),
        Route("/sign-in", sign_in.sign_in, methods=["POST"]),
        Route("/openid", openid_sign_in.begin_openid, methods=["GET"]),
        Route("/openid/return", openid_sign_in.return_from_openid, methods=["GET"]),
        Mount("/static", StaticFiles(directory=STATIC)),
        *(Route(page.path, guarded(page), methods=[page.method]) for page in PAGES),
    ]
