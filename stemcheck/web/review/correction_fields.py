"""The fields of the form in which a reviewer says what is right, as they stand."""

from dataclasses import dataclass

from stemcheck.storage.review_transcript import ReadTurn
from stemcheck.web.review.clean_text import clean
from stemcheck.web.review.conversation import show_turn
from stemcheck.web.review.conversation_test import Step, read_steps
from stemcheck.web.review.visit import Visit

MAX_TEXT_CHARS = 8000  # as many as a visitor may send
MAX_CLAIMS = 20
EMPTY_ROWS = 3  # for claims that were not found


@dataclass(frozen=True)
class ClaimRow:
    """One line of the form for a claim; without a type it is empty."""

    type: str = ""
    mode: str = "asserted"
    words: str = ""


@dataclass(frozen=True)
class CorrectionForm:
    """The fields as they stand."""

    text: str
    claims: tuple[ClaimRow, ...]
    steps: tuple[Step, ...] = ()
    says: str = ""
    situation: str = ""
    kind: str = ""
    fact: str = ""
    twin_of: str = ""
    why: str = ""
    use: str = ""


def first_form(turn: ReadTurn, steps: list[Step]) -> CorrectionForm:
    """Return the form before anybody wrote in it: with the claims that were found, and nothing chosen."""
    shown = show_turn(turn)
    rows: dict[str, ClaimRow] = {}
    for claim in shown["claims"]:
        # a type is said of a text once, wherever it stands first
        rows.setdefault(
            claim["type"], ClaimRow(claim["type"], claim.get("mode") or "asserted", claim.get("text") or "")
        )
    found = list(rows.values())[:MAX_CLAIMS]
    return CorrectionForm(shown["text"], (*found, *[ClaimRow()] * EMPTY_ROWS), tuple(steps))


def sent_form(visit: Visit, steps: list[Step]) -> CorrectionForm:
    """Return the form as it was sent."""
    names = ("says", "situation", "kind", "fact", "twin_of", "why", "use")
    rows = tuple(
        ClaimRow(*(visit.sent(f"{name}-{number}") for name in ("claim", "mode", "words")))
        for number in range(MAX_CLAIMS + EMPTY_ROWS)
        if f"claim-{number}" in visit.form
    )
    values = {name: visit.sent(name).strip() for name in names}
    return CorrectionForm(clean(visit.sent("text")), rows, tuple(read_steps(visit, steps)), **values)
