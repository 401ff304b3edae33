"""The correction that a form makes: nothing is chosen for the reviewer, and nothing chosen is left out silently."""

from typing import Any

from stemcheck.conversation.reading import CLAIM
from stemcheck.web.review.choices import KINDS, MODES, WHYS, find_situation, situations
from stemcheck.web.review.clean_text import clean
from stemcheck.web.review.correction_fields import MAX_TEXT_CHARS, ClaimRow, CorrectionForm
from stemcheck.web.review.visit import Visit

USES = {"training": "Training example", "evaluation": "Keep for testing only", "test": "Conversation test"}
SAYS = ("claims", "situation", "twin")


class FormFault(ValueError):
    """The form says too little, or two things at once; the message says which field and what to do."""


def read_content(visit: Visit, form: CorrectionForm) -> dict[str, Any]:
    """Return the correction that a form makes. Raises FormFault."""
    if form.use not in USES:
        raise FormFault("Choose what to use it as.")
    if not 1 <= len(form.text) <= MAX_TEXT_CHARS:
        raise FormFault(f"The text has 1 to {MAX_TEXT_CHARS:,} characters.")
    _choose("whether the message makes claims, makes none, or only looks like one", form.says, SAYS)
    if form.says != "situation" and form.situation:
        raise FormFault(
            "You chose a situation and also that the message makes or resembles a claim. Clear one of them."
        )
    if form.says != "twin" and (form.twin_of or form.why):
        raise FormFault(
            "You chose a claim that the message was mistaken for. Choose “looks like a claim but is not”, or clear it."
        )
    content: dict[str, Any] = {"text": form.text, "claims": [], **_READERS[form.says](visit, form)}
    if form.use == "test":
        ticked = [step for step in form.steps if step.is_ticked]
        content["turns"] = [*(step.as_turn() for step in ticked), {"text": form.text, "intent": content["situation"]}]
    return content


def _read_claims(visit: Visit, form: CorrectionForm) -> dict[str, Any]:
    library = visit.console.library
    claims = [_claim(row, form.text, library.claim_types) for row in form.claims if row.type]
    if not claims:
        raise FormFault("You chose that the message makes claims. Choose at least one claim type.")
    types = [claim["type"] for claim in claims]
    if twice := next((type for type in types if types.count(type) > 1), ""):
        raise FormFault(f"“{library.claim_types[twice].label}” stands there twice. Clear one of them.")
    is_flagged = any(
        claim["mode"] != "asked" and bool(library.verdicts[library.claim_types[claim["type"]].verdict].flagged)
        for claim in claims
    )
    return {"claims": claims, "situation": CLAIM, "flagged": is_flagged}


def _read_situation(visit: Visit, form: CorrectionForm) -> dict[str, Any]:
    known = situations(visit.console.library)
    what = "what the visitor comes with: write a few letters and take one of the titles that appear"
    situation = _choose(what, find_situation(form.situation, known), known)
    if form.use == "training":
        return {"situation": situation}
    kind = _choose("the kind of reply that it should get", form.kind, KINDS)
    facts = [_choose("the fact", form.fact, visit.console.library.facts)] if form.fact else []
    return {"situation": situation, "reply_kind": kind, "facts": facts}


def _read_twin(visit: Visit, form: CorrectionForm) -> dict[str, Any]:
    of = _choose("the claim that it was mistaken for", form.twin_of, visit.console.library.claim_types)
    why = _choose("why it is none", form.why, WHYS)
    return {"twin_of": of, "why": why, "flagged": False, "situation": CLAIM}


_READERS = {"claims": _read_claims, "situation": _read_situation, "twin": _read_twin}


def _claim(row: ClaimRow, text: str, known: Any) -> dict[str, Any]:
    words = clean(row.words) or text
    start = text.find(words)
    if start < 0:
        raise FormFault(
            f"The words “{words[:80]}” do not stand in the text like that. Copy them from it, or leave the field empty."
        )
    type, mode = _choose("the claim type", row.type, known), _choose("how the claim is said", row.mode, MODES)
    return {"type": type, "mode": mode, "start": start, "end": start + len(words)}


def _choose(what: str, value: str, known: Any) -> str:
    if value not in known:
        raise FormFault(f"Choose {what}.")
    return value
