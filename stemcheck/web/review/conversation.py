"""One conversation: the transcript as the visitor saw it, and beside it what the assistant understood."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import RedirectResponse, Response

from stemcheck.storage.conversations import find_conversation, hold_conversation
from stemcheck.storage.masking import mask
from stemcheck.storage.message_for_team import PLACEHOLDER, hidden_reading
from stemcheck.storage.person_messages import find_messages
from stemcheck.storage.review_corrections import list_corrections
from stemcheck.storage.review_filters import STATUSES
from stemcheck.storage.review_queue import QUEUES, neighbours
from stemcheck.storage.review_transcript import ReadTurn, find_turn, place_of, read_greeting, read_page
from stemcheck.storage.review_work import known_tags, list_notes, list_tags
from stemcheck.storage.turns import confidence_of, ranking_of, situation_of
from stemcheck.storage.users import list_reviewers
from stemcheck.storage.web_cards import card_of
from stemcheck.web.review.marks import mark_claims, mark_of
from stemcheck.web.review.refusals import Refusal
from stemcheck.web.review.visit import Visit

# labels of a message, and what most messages have there: that is not worth a word
UNUSUAL = {"speaker": "self", "cells": "any", "feeling": "none"}


def show_conversation(visit: Visit) -> Response:
    """Show a conversation's newest turns, or those around a place."""
    row = asked_conversation(visit)
    id = row["id"]
    turn_id = visit.number("turn")
    before = visit.number("before") or (place_of(visit.connection, id, turn_id) if turn_id else 0)
    page = read_page(visit.connection, id, before=before)
    visit.audit("view", id)
    context = {
        "row": row,
        "page": page,
        "turns": [show_turn(turn, for_reviewer=visit.user.may("reviewer")) for turn in page.turns],
        "greeting": [] if page.older else read_greeting(visit.connection, id),
        "messages": messages_for(visit, [id]).get(id, []),
        "tags": list_tags(visit.connection, id),
        "notes": list_notes(visit.connection, id),
        "corrections": list_corrections(visit.connection, conversation_id=id),
        "known_tags": known_tags(visit.connection),
        "people": list_reviewers(visit.connection),
        "statuses": STATUSES,
        "queue": QUEUES.get(visit.asked("queue")),
        "chosen": turn_id,
    }
    return visit.render("conversation.html", **context)


def show_neighbour(visit: Visit) -> Response:
    """Go to the next or the previous conversation of a queue; to the queue when there is none."""
    row = asked_conversation(visit)
    queue = QUEUES.get(visit.asked("queue")) or QUEUES["unreviewed"]
    newer, older = neighbours(visit.connection, queue, row)
    found = newer if visit.asked("to") == "previous" else older
    if found is None:
        return visit.tell(f"/review/?queue={queue.id}", "end")
    return RedirectResponse(conversation_address(visit, found, queue=queue.id) + "#newest", 303)


def messages_for(visit: Visit, ids: list[str]) -> dict[str, list[Mapping[str, Any]]]:
    """Return the messages for the team by conversation: their words for reviewers, who answer them; for viewers, a placeholder."""
    found = find_messages(visit.connection, ids)
    if visit.user.may("reviewer"):
        return found
    return {id: [{**message, "text": PLACEHOLDER} for message in kept] for id, kept in found.items()}


def conversation_address(visit: Visit, id: str, **more: object) -> str:
    """Return the address of a conversation; its id may hold any character, as other channels choose theirs."""
    from urllib.parse import urlencode

    return f"/review/conversation?{urlencode({'id': id, **more})}"


def asked_conversation(visit: Visit) -> Mapping[str, Any]:
    """Return the row of the conversation that the form or the address names; a form keeps it from being erased. Raises Refusal."""
    id = visit.sent("id") or visit.asked("id")
    if visit.form and 0 < len(id) <= 255:
        hold_conversation(visit.connection, id)
    row = find_conversation(visit.connection, id) if 0 < len(id) <= 255 else None
    if row is None:
        raise Refusal(404)
    return row


def find_read_turn(visit: Visit) -> tuple[str, ReadTurn]:
    """Return the conversation's id and the turn that the form or the address names, with its events. Raises Refusal."""
    id = asked_conversation(visit)["id"]
    turn_id = visit.number("turn")
    if find_turn(visit.connection, id, turn_id) is None:
        raise Refusal(404)
    page = read_page(visit.connection, id, before=place_of(visit.connection, id, turn_id))
    for turn in page.turns:
        if turn.id == turn_id:
            return id, turn
    raise Refusal(404)


def asked_turn(visit: Visit) -> tuple[str, ReadTurn]:
    """Return what `find_read_turn` does, for whatever leaves the console. Raises Refusal for a message for the team."""
    id, turn = find_read_turn(visit)
    if turn.is_for_team:
        raise Refusal(
            400, "This is a message for the team. It is for reviewers alone, and never used for training or tests."
        )
    return id, turn


def show_turn(turn: ReadTurn, *, for_reviewer: bool = False) -> dict[str, Any]:
    """Return what is shown of a turn. All of it was masked when it was stored; the visitor's words are masked once more.

    A message for the team is hidden but `for_reviewer`, who answers it.
    """
    is_hidden = turn.is_for_team and not for_reviewer
    text = PLACEHOLDER if is_hidden else mask(turn.text)
    parsed = hidden_reading(turn.parsed) if is_hidden else turn.parsed
    sure = [{**claim, "is_possible": False} for claim in parsed.get("claims") or []]
    claims = sure + [{**claim, "is_possible": True} for claim in parsed.get("possible_claims") or []]
    judged = {
        (claim.get("type"), claim.get("start")): claim for reply in turn.replies for claim in reply.get("claims") or []
    }
    for claim in claims:
        claim["judged"] = judged.get((claim.get("type"), claim.get("start")), {})
    pieces = mark_claims(text, claims)
    return {
        "turn": turn,
        "text": text,
        "pieces": pieces,
        "marks": {piece.claims: mark_of([claims[number - 1] for number in piece.claims]) for piece in pieces},
        "claims": claims,
        "replies": turn.replies,
        "parsed": parsed,
        "situation": situation_of(parsed),
        "confidence": confidence_of(parsed),
        "ranking": ranking_of(parsed)[:5],
        "labels": _labels(parsed),
        "facts": list(dict.fromkeys(fact for reply in turn.replies for fact in reply.get("facts") or [])),
        "guidance": list(dict.fromkeys(id for reply in turn.replies for id in reply.get("guidance") or [])),
        "reading": parsed.get("reading") or {},
        "safety": card_of(turn.replies) or parsed.get("safety") or "",
        "degree": next((reply["card"].get("degree") or "" for reply in turn.replies if reply.get("card")), ""),
    }


def _labels(parsed: Mapping[str, Any]) -> dict[str, tuple[str, float]]:
    """Return who speaks, of which cells, and with what feeling, each with its probability; what is usual is left out."""
    stored = (parsed.get("reading") or {}).get("labels") or {}
    found = {head: tuple(stored[head]) for head in UNUSUAL if stored.get(head)}
    return {head: (str(name), float(sure)) for head, (name, sure) in found.items() if name != UNUSUAL[head]}
