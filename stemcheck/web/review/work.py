"""What a reviewer does with conversations: status, assignment, tags, notes; one at a time or many."""

from starlette.responses import Response

from stemcheck.storage.conversations import hold_conversation
from stemcheck.storage.review_transcript import find_turn
from stemcheck.storage.review_work import add_note, add_tag, assign, remove_tag, set_status
from stemcheck.storage.users import find_user
from stemcheck.web.review.conversation import asked_conversation, conversation_address
from stemcheck.web.review.refusals import Refusal
from stemcheck.web.review.visit import Visit

MOST_AT_ONCE = 200


def change_status(visit: Visit) -> Response:
    """Give a conversation a status."""
    id, status = asked_conversation(visit)["id"], visit.sent("status")
    set_status(visit.connection, [id], status)
    visit.audit("status", id, status=status)
    return visit.go_back(conversation_address(visit, id))


def change_assignment(visit: Visit) -> Response:
    """Assign a conversation to somebody, or to nobody."""
    id, name = asked_conversation(visit)["id"], _person(visit)
    assign(visit.connection, [id], name)
    visit.audit("assign", id, to=name)
    return visit.go_back(conversation_address(visit, id))


def tag(visit: Visit) -> Response:
    """Tag a conversation or one of its turns."""
    id, turn = _place(visit)
    add_tag(visit.connection, [id], visit.sent("tag"), visit.user.name, turn_id=turn)
    visit.audit("tag", id, turn=turn)  # without its words: this log can never be cleaned
    return visit.go_back(conversation_address(visit, id))


def untag(visit: Visit) -> Response:
    """Take a tag away."""
    id, turn = _place(visit)
    remove_tag(visit.connection, id, turn, visit.sent("tag"))
    visit.audit("untag", id, turn=turn)
    return visit.go_back(conversation_address(visit, id))


def note(visit: Visit) -> Response:
    """Write a note on a conversation or one of its turns."""
    id, turn = _place(visit)
    add_note(visit.connection, id, visit.sent("text"), visit.user.name, turn_id=turn)
    visit.audit("note", id, turn=turn)
    return visit.go_back(conversation_address(visit, id))


def change_many(visit: Visit) -> Response:
    """Do one thing with all conversations that were ticked."""
    ticked = sorted({id for id in visit.form.get("ids", []) if 0 < len(id) <= 255})
    if not ticked:
        raise Refusal(400, "No conversation is ticked. Go back and tick some.")
    if len(ticked) > MOST_AT_ONCE:
        raise Refusal(400, f"Please tick at most {MOST_AT_ONCE} conversations.")
    status, is_tagged = visit.sent("status"), bool(visit.sent("tag").strip())
    is_assigned = "assign" in visit.form and visit.sent("assign") != "-"
    if not (status or is_tagged or is_assigned):
        raise Refusal(400, "Nothing to change: choose a status, a person or a tag.")
    # in one order, so that two people who tick the same ones don't wait for each other; what is erased meanwhile stays away
    ids = [id for id in ticked if hold_conversation(visit.connection, id)]
    if status:
        set_status(visit.connection, ids, status)
    if is_assigned:
        assign(visit.connection, ids, _person(visit, "assign"))
    if is_tagged:
        add_tag(visit.connection, ids, visit.sent("tag"), visit.user.name)
    for id in ids:
        visit.audit("bulk", id, status=status, assign=visit.sent("assign"), tagged=is_tagged)
    return visit.go_back()


def _place(visit: Visit) -> tuple[str, int]:
    """Return conversation and turn; a turn of another conversation is refused."""
    id, turn = asked_conversation(visit)["id"], visit.number("turn")
    if turn and find_turn(visit.connection, id, turn) is None:
        raise Refusal(404)
    return id, turn


def _person(visit: Visit, field: str = "to") -> str:
    """Return the name, as it is kept, of a reviewer that the form names; nothing for nobody. Raises Refusal."""
    name = visit.sent(field)
    if not name.strip():
        return ""
    user = find_user(visit.connection, name)
    if user is None or not user.may("reviewer"):
        raise Refusal(400, "There is no reviewer of that name.")
    return user.name
