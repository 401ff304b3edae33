"""The report at the end of the clinic check: warning signs with their sources, what is open, what to ask."""

from collections.abc import Mapping, Sequence
from typing import Any

from stemcheck.content.library import Library
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.replies.citations import cite, describe_source, updates_paragraphs
from stemcheck.replies.situation_answer import buttons

OPEN = ("not-sure", "skipped")
AFTER_REPORT = ("person-and-privacy/talk-to-person", "clinics/can-i-send-you-advert")
MOST_QUESTIONS = 6

Signs = list[dict[str, Any]]


def report_check(
    library: Library, answers: Mapping[str, str], claims: Sequence[Mapping[str, Any]], state: DialogueState
) -> tuple[Answer, DialogueState]:
    """Return the report; it has no score, since that would look like a judgement."""
    picker = WordingPicker(library, state)
    signs = warning_signs(library, answers, claims)
    open_points = [step for step in library.clinic_check.values() if answers.get(step.id) in OPEN]
    wanted = [sign["ask"] for sign in signs] + [step.ask for step in open_points]
    questions = [library.questions[name] for name in list(dict.fromkeys(wanted))[:MOST_QUESTIONS]]
    facts = tuple(dict.fromkeys(fact for sign in signs for fact in sign["facts"]))
    cited = cite(library, facts, told=state.told_updates)
    summary = picker.say("clinic-check-done-warnings" if signs else "clinic-check-done-none")
    closing = picker.say("clinic-check-closing")
    text = paragraphs(
        summary,
        _list("", [f"{sign['label']}. {sign['why']} ({sign['publisher']})" for sign in signs]),
        _list(picker.say("clinic-check-open-lead"), [step.question for step in open_points]),
        _list(picker.say("questions-lead"), [question.question for question in questions]),
        *updates_paragraphs(cited["updates"]),
        closing,
    )
    report = {
        "summary": summary,
        "warnings": [{key: sign[key] for key in ("id", "label", "why", "source")} for sign in signs],
        "open": [{"id": step.id, "label": step.short, "why": step.question} for step in open_points],
        "silences": [],
        "questions": [{"id": item.id, "question": item.question, "why": item.why} for item in questions],
        "closing": closing,
    }
    done = Answer(
        "clinic-check",
        text,
        facts=facts,
        suggestions=buttons(library, AFTER_REPORT),
        extra={"report": report},
        **cited,
    )
    return done, picker.remember(state, kind="clinic-check", facts=facts, claims=(), flow="", check={})


def warning_signs(library: Library, answers: Mapping[str, str], claims: Sequence[Mapping[str, Any]]) -> Signs:
    """Return the warning signs in what the visitor answered, then those in the visitor's own words, one a claim type."""
    signs = [
        _of_step(library, name) for name, given in answers.items() if given == library.clinic_check[name].warning_when
    ]
    named = {library.clinic_check[name].claim_type for name in answers}
    for claim in claims:
        kind = library.claim_types[claim["type"]]
        if kind.id not in named and library.verdicts[kind.verdict].flagged:
            named.add(kind.id)
            source = next(source for source in library.sources.values() if source.kind == "source")
            words = {"label": f"{kind.label}: “{claim['text']}”", "why": kind.reason, "publisher": source.publisher}
            signs.append(
                {
                    "id": kind.id,
                    **words,
                    "ask": kind.questions[0],
                    "facts": kind.facts,
                    "source": describe_source(source),
                }
            )
    return signs


def _of_step(library: Library, name: str) -> dict[str, Any]:
    step = library.clinic_check[name]
    source = library.sources[step.source]
    facts = library.claim_types[step.claim_type].facts if step.claim_type else ()
    words = {"label": step.short, "why": step.warning, "publisher": source.publisher}
    return {"id": step.id, **words, "ask": step.ask, "facts": facts, "source": describe_source(source)}


def _list(lead: str, items: Sequence[str]) -> str:
    lines = [f"- {item}" for item in items]
    return "\n".join([lead, *lines] if lead else lines) if items else ""
