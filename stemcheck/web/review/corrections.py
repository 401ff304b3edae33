"""Say what is right, collect it, take it away as files."""

import io
import zipfile
from typing import Any

from starlette.responses import Response

from stemcheck.answers.understood import FACT_PREFIX, OUT_OF_SCOPE_PREFIX, SAFETY_PREFIX
from stemcheck.content.correction_files import USES, render_files
from stemcheck.storage.review_corrections import add_correction, list_corrections, withdraw_correction
from stemcheck.web.review.choices import MODES, WHYS, filter_choices, intents
from stemcheck.web.review.conversation import asked_turn, conversation_address, show_turn
from stemcheck.web.review.conversation_test import earlier_turns, read_steps
from stemcheck.web.review.refusals import Refusal
from stemcheck.web.review.visit import Visit

LONGEST_TEXT = 2000


def show_correction(visit: Visit) -> Response:
    """Show the form in which a reviewer says what is right for one turn."""
    id, turn = asked_turn(visit)
    visit.audit("view", id, turn=turn.id)
    choices = filter_choices(visit.console.library, visit.console.settings.data_folder)
    earlier = [show_turn(other) for other in earlier_turns(visit, id, turn)]
    return visit.render("correct.html", conversation_id=id, shown=show_turn(turn), choices=choices, earlier=earlier)


def correct(visit: Visit) -> Response:
    """Write down what is right, for the use whose button was pressed."""
    id, turn = asked_turn(visit)
    use = visit.sent("use")
    content = read_content(visit, use)
    if use == "test":
        asked = {"text": content["text"], "intent": content["intent"]}
        content["turns"] = [*read_steps(visit, earlier_turns(visit, id, turn)), asked]
    number = add_correction(visit.connection, id, turn.id, use, content, visit.user.name)
    visit.audit("correct", id, turn=turn.id, use=use, number=number)
    return visit.go_back(conversation_address(visit, id, turn=turn.id) + f"#turn-{turn.id}", done="collected")


def show_corrections(visit: Visit) -> Response:
    """Show all that was collected."""
    found = list_corrections(visit.connection)[::-1]
    visit.audit("view-corrections", number=len(found))
    return visit.render("corrections.html", found=found)


def withdraw(visit: Visit) -> Response:
    """Take a correction back."""
    number = visit.number("number")
    if not withdraw_correction(visit.connection, number):
        raise Refusal(404)
    visit.audit("withdraw", number=number)
    return visit.go_back("/review/corrections")


def export_corrections(visit: Visit) -> Response:
    """Return the files of all corrections that are not applied yet, as one ZIP."""
    found = list_corrections(visit.connection, only_new=True)
    visit.audit("export", what="corrections", number=len(found))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in render_files(found).items():
            archive.writestr(name, text)
    headers = {"Content-Disposition": 'attachment; filename="stemcheck-corrections.zip"'}
    return Response(packed.getvalue(), media_type="application/zip", headers=headers)


def read_content(visit: Visit, use: str) -> dict[str, Any]:
    """Return what the form says. Raises Refusal that names what is missing."""
    library, text = visit.console.library, visit.sent("text").strip()
    if use not in USES:
        raise Refusal(400, "Please choose what to do with the correction.")
    if not 1 <= len(text) <= LONGEST_TEXT:
        raise Refusal(400, f"The text has 1 to {LONGEST_TEXT} characters.")
    claims = _claim(visit, text)
    content: dict[str, Any] = {"text": text, "claims": claims}
    if use == "twin":
        return {**content, "twin_of": _of(visit, "twin_of", library.claim_types), "why": _of(visit, "why", WHYS)}
    if claims:
        verdict = library.verdicts[library.claim_types[claims[0]["type"]].verdict]
        is_flagged = claims[0]["mode"] != "asked" and bool(verdict.flagged)
        return {**content, "intent": "check_claim", "flagged": is_flagged}
    intent = _of(visit, "intent", intents(visit.console.settings.data_folder))
    fact = intent.removeprefix(FACT_PREFIX) if intent.removeprefix(FACT_PREFIX) in library.facts else ""
    return {**content, "intent": intent, "facts": [fact] if fact else [], "reply_kind": _reply_kind(intent, fact)}


def _claim(visit: Visit, text: str) -> list[dict[str, Any]]:
    if not visit.sent("claim"):
        return []
    words = visit.sent("words").strip() or text
    start = text.find(words)
    if start < 0:
        raise Refusal(400, "The words of the claim do not stand in the text like that.")
    type, mode = _of(visit, "claim", visit.console.library.claim_types), _of(visit, "mode", MODES)
    return [{"type": type, "mode": mode, "start": start, "end": start + len(words)}]


def _of(visit: Visit, field: str, known: Any) -> str:
    value = visit.sent(field)
    if value not in known:
        raise Refusal(400, f"Please choose: {field.replace('_', ' ')}.")
    return value


def _reply_kind(intent: str, fact: str) -> str:
    if fact:
        return "answer"
    if intent.startswith(SAFETY_PREFIX):
        return "safety"
    if intent == "talk_to_person":
        return "handoff"
    is_private = intent in ("ask_stored-data", "forget_me", "export_data")
    return "out-of-scope" if intent.startswith(OUT_OF_SCOPE_PREFIX) else "privacy" if is_private else "smalltalk"
