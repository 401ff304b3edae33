"""The report on a checked text: counts, each claim with its verdict, what the text is silent about, what to ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.replies.citations import cite_markers, overdue_note
from stemcheck.replies.claim_cards import describe_claim, safety_texts
from stemcheck.replies.pasted_text_report import choose_questions, find_unsaid, is_long
from stemcheck.replies.warning_signs import describe_red_flags, guidance_markers, warning_line

Role = Literal["summary", "safety", "quote", "flagged", "unflagged", "asked", "heading", "text", "source"]
MODE_WORDS = {"asserted": "said as true", "reported": "reported", "asked": "asked"}


@dataclass(frozen=True)
class CheckReport:
    """What there is to say on one text.

    `cards` are the confirmed claims in order of appearance, as `describe_claim` gives them, `warnings` its red flags.
    """

    summary: str
    cards: tuple[dict[str, Any], ...]
    warnings: tuple[dict[str, Any], ...]
    safety: tuple[str, ...]
    silences: tuple[str, ...]
    questions: tuple[str, ...]
    updates: tuple[str, ...]
    closing: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A line of the report; `role` says what it is, so that a terminal can colour it."""

    role: Role
    text: str


def compose_report(library: Library, text: str, claims: Sequence[FoundClaim]) -> CheckReport:
    """Return the report on a text. Only a text as long as an advert is told what it leaves unsaid."""
    cards = [describe_claim(library, claim) for claim in claims if claim.is_confirmed]
    signs = describe_red_flags(library, text)
    silences = find_unsaid(library, text, cards) if is_long(text) else []
    facts = [fact for card in cards for fact in card["facts"]]
    cited = cite_markers(library, [*dict.fromkeys(facts), *guidance_markers(signs)])
    picker = WordingPicker(library, DialogueState())
    overdue = overdue_note(picker, cited["sources"])
    return CheckReport(
        summary=", ".join([count_claims(cards), *([_count_signs(len(signs))] if signs else [])]),
        cards=tuple(cards),
        warnings=tuple(signs),
        safety=tuple(safety_texts(library, cards)),
        silences=tuple(f"{silence.label}. {silence.why}" for silence in silences),
        questions=tuple(question.question for question in choose_questions(library, cards, silences, signs)),
        updates=tuple(f"{update['text']} {update['advice']}" for update in cited["updates"]),
        closing=picker.say("advert-closing"),
        sources=(*(_name_source(source) for source in cited["sources"]), *((overdue,) if overdue else ())),
    )


def count_claims(cards: Sequence[dict[str, Any]]) -> str:
    """Return the counts in words, as in "5 claims, 4 flagged"."""
    if not cards:
        return "No claim found"
    flagged = sum(1 for card in cards if card["flagged"])
    return f"{len(cards)} claim{'s' if len(cards) > 1 else ''}, {flagged or 'none'} flagged"


def _count_signs(signs: int) -> str:
    return f"{signs} warning sign{'s' if signs > 1 else ''}"


def quote(text: str) -> str:
    """Return the words of a text in one line, without quotation marks or a tick of its own around them."""
    return " ".join(text.split()).strip("\"'“”‘’✓✔✅•*- ")


def report_lines(report: CheckReport) -> Iterator[Line]:
    """Yield the report line by line, for a screen or for paper; an empty line parts what does not belong together."""
    yield Line("summary", report.summary)
    for text in report.safety:
        yield from (Line("text", ""), Line("safety", text))
    quoted, reasons = "", set[str]()
    for card in report.cards:
        words = quote(card["text"])
        if words != quoted:
            yield from (Line("text", ""), Line("quote", f"“{words}”"))
        quoted = words
        yield from _card_lines(card, is_known=card["reason"] in reasons)
        reasons.add(card["reason"])
    for heading, items in (
        ("Warning signs in how it is offered", [warning_line(sign) for sign in report.warnings]),
        ("The text does not speak of", report.silences),
        ("Worth asking", report.questions),
        ("Newer than our source", report.updates),
    ):
        if items:
            yield from (Line("text", ""), Line("heading", heading), *(Line("text", f"- {item}") for item in items))
    if report.cards or report.silences or report.warnings:
        yield from (Line("text", ""), Line("text", report.closing))
    yield from (Line("source", f"Source: {source}") for source in report.sources)


def report_as_text(report: CheckReport) -> str:
    """Return the report as plain text, to be copied or printed."""
    return "\n".join(line.text for line in report_lines(report)) + "\n"


def _card_lines(card: dict[str, Any], *, is_known: bool) -> Iterator[Line]:
    role: Role = "flagged" if card["flagged"] else "asked" if card["mode"] == "asked" else "unflagged"
    seen = ", see above" if is_known else ""
    yield Line(role, f"{card['label']}: {card['verdict_label']} ({MODE_WORDS[card['mode']]}){seen}")
    if not is_known:
        yield Line("text", card["reason"])


def _name_source(source: dict[str, Any]) -> str:
    section = f", “{source['section']}”" if source["section"] else ""
    return f"{source['publisher']}, {source['title']}{section} ({source['url']}), reviewed on {source['reviewed_on']}"
