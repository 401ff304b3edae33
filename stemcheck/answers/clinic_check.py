"""The guided check of a clinic's offer: which question comes next, and what each answer is noted as."""

from dataclasses import dataclass, replace
from typing import Any

from stemcheck.answers.answer import Answer, paragraphs
from stemcheck.answers.clinic_report import report_check
from stemcheck.answers.memory import Memory, Voice
from stemcheck.answers.understood import Understood
from stemcheck.content.library import Library

RUNNING = "clinic-check"
YES, NO, NOT_SURE, SKIPPED = "yes", "no", "not-sure", "skipped"
BUTTONS = tuple({"title": words, "text": words} for words in ("Yes", "No", "Not sure", "Skip", "Stop"))
ANSWER_OF_INTENT = {"affirm": YES, "deny": NO, "not_sure": NOT_SURE, "skip": SKIPPED}
LEAD_OF_ANSWER = {NOT_SURE: "clinic-check-not-sure", SKIPPED: "clinic-check-skipped"}

Reply = tuple[Answer, Memory]


@dataclass(frozen=True)
class Check:
    """How far the check is: the number of the question that waits, the answers so far, the claims in the visitor's words."""

    step: int = 0
    answers: tuple[tuple[str, str], ...] = ()
    claims: tuple[dict[str, Any], ...] = ()


def read_check(memory: Memory) -> Check:
    """Return the check that the memory holds."""
    stored = memory.check or {}
    answers = tuple((str(name), str(given)) for name, given in stored.get("answers", ()))
    return Check(int(stored.get("step", 0)), answers, tuple(stored.get("claims", ())))


def start_check(library: Library, memory: Memory) -> Reply:
    """Begin with the first question."""
    return _ask(library, memory, Check(), "clinic-check-intro", running="")


def go_on(library: Library, understood: Understood, memory: Memory) -> Reply | None:
    """Return what follows an answer or a word like "back"; None when the message is something else, to be answered first."""
    check = read_check(memory)
    intent = understood.intent
    if intent == "stop":
        voice = Voice(library, memory)
        return Answer("clinic-check", voice.say("clinic-check-stopped")), voice.remember(memory, running="", check={})
    if intent in ("start_again", "clinic_check"):
        return _ask(library, memory, Check(), "clinic-check-restart")
    if intent in ("go_back", "correct_topic"):
        before = replace(check, step=max(0, check.step - 1))
        return _ask(library, memory, before, "clinic-check-back" if check.step else "clinic-check-first")
    answer = answer_of(understood)
    if answer:
        return _note(library, memory, check, answer, understood)
    return None


def answer_of(understood: Understood) -> str:
    """Return the answer that a message is: yes, no, not sure, skipped, or nothing."""
    first = understood.text.strip().lower().replace("’", "'").rstrip(".!")
    for word, answer in (("yes", YES), ("no", NO), ("not sure", NOT_SURE), ("skip", SKIPPED)):
        if first == word or first.startswith((word + ",", word + " -", word + ".", word + " they", word + " it")):
            return answer
    return ANSWER_OF_INTENT.get(understood.intent, "")


def note_claims(memory: Memory, understood: Understood) -> Memory:
    """Return the memory with the claims of a message kept for the report."""
    check = read_check(memory)
    # what the visitor only asks is nothing that the clinic said
    kept = tuple({"type": claim.type, "text": claim.text} for claim in understood.claims if claim.mode != "asked")
    return replace(memory, check=_stored(replace(check, claims=(*check.claims, *kept))))


def ask_again(library: Library, reply: Reply, *, lead: str = "clinic-check-go-on") -> Reply:
    """Return a reply to something asked in between, with the question that still waits put after it."""
    answer, memory = reply
    question, remembered = _ask(library, memory, read_check(memory), lead)
    text = paragraphs(answer.text, question.text)
    return replace(
        answer, text=text, suggestions=question.suggestions, extra={**answer.extra, **question.extra}
    ), remembered


def repeat(library: Library, memory: Memory) -> Reply:
    """Ask the same question again, since the answer was not clear."""
    return _ask(library, memory, read_check(memory), "clinic-check-unclear")


def _note(library: Library, memory: Memory, check: Check, answer: str, understood: Understood) -> Reply:
    steps = list(library.clinic_check.values())
    name = steps[check.step].id
    answers = (*(item for item in check.answers if item[0] != name), (name, answer))
    memory = note_claims(memory, understood) if understood.claims else memory
    following = replace(read_check(memory), step=check.step + 1, answers=answers)
    if following.step < len(steps):
        return _ask(library, memory, following, LEAD_OF_ANSWER.get(answer, "clinic-check-next"))
    return report_check(library, dict(answers), following.claims, memory)


def _ask(library: Library, memory: Memory, check: Check, lead: str, **_: str) -> Reply:
    voice = Voice(library, memory)
    steps = list(library.clinic_check.values())
    text = paragraphs(voice.say(lead), steps[check.step].question)
    progress = {"progress": {"step": check.step + 1, "of": len(steps)}}
    answer = Answer("clinic-check", text, suggestions=BUTTONS, extra=progress)
    return answer, voice.remember(memory, running=RUNNING, check=_stored(check))


def _stored(check: Check) -> dict[str, Any]:
    return {"step": check.step, "answers": [list(item) for item in check.answers], "claims": list(check.claims)}
