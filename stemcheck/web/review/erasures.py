"""Erase a conversation, which is all of one visitor, and show the receipts. For admins."""

from starlette.responses import Response

from stemcheck.storage.review_erasures import erase_everywhere, finish_erasures, list_erasures
from stemcheck.web.review.conversation import asked_conversation
from stemcheck.web.review.visit import Visit


def show_erasures(visit: Visit) -> Response:
    """Show the receipts, newest first."""
    return visit.render("erasures.html", receipts=list_erasures(visit.connection))


def confirm_erasure(visit: Visit) -> Response:
    """Ask before a conversation is erased."""
    return visit.render("erase.html", row=asked_conversation(visit))


def erase(visit: Visit) -> Response:
    """Erase a conversation in every store; what fails is finished later. Raises Refusal when there is none."""
    id = asked_conversation(visit)["id"]
    visit.audit("erase", id)
    visit.let_go()  # the erasing below has transactions of its own, one a store
    receipt = erase_everywhere(visit.console.engine, id, visit.user.name)
    return visit.go_back("/review/erasures", done="erased" if receipt["finished_at"] else "erased-in-part")


def finish(visit: Visit) -> Response:
    """Go on with the erasures that a failure stopped."""
    visit.audit("finish-erasures")
    visit.let_go()
    finish_erasures(visit.console.engine)
    return visit.go_back("/review/erasures", done="tried")
