"""The guided check of a clinic's offer: which question comes next, and what each answer is noted as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from stemcheck.content.library import Library
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.dialogue.flow_rules import IN_CHECK, MAX_ASIDES, NOT_SURE, SKIPPED
from stemcheck.replies.clinic_report import report_check

WAITING_BUTTONS = tuple({"title": words, "text": words} for words in ("Go on", "Stop"))
BUTTONS = tuple({"title": words, "text": words} for words in ("Yes", "No", "Not sure", "Skip", "Stop"))
LEAD_OF_ANSWER = {NOT_SURE: "clinic-check-not-sure", SKIPPED: "clinic-check-skipped"}

Outcome = tuple[Answer, DialogueState]


@dataclass(frozen=True)
class Check:
    """How far the check is: the number of the question that waits, the answers so far, the claims in the visitor's words.

    `asides` counts the other things that were asked since the question was last answered.
    """

    step: int = 0
    answers: tuple[tuple[str, str], ...] = ()
    claims: tuple[dict[str, Any], ...] = ()
    asides: int = 0


def read_check(state: DialogueState) -> Check:
    """Return the check that the state holds."""
    stored = state.check or {}
    answers = tuple((str(name), str(given)) for name, given in stored.get("answers", ()))
    return Check(int(stored.get("step", 0)), answers, tuple(stored.get("claims", ())), int(stored.get("asides", 0)))


def run_check(library: Library, state: DialogueState, args: Mapping[str, Any]) -> Outcome:
    """Return what an event of the check brings: start, restart, back, where, again, stop, or answer."""
    event, check = str(args["event"]), read_check(state)
    if event == "answer":
        return _note(library, state, _with_claims(check, args.get("claims", ())), str(args["answer"]))
    if event == "stop":
        picker = WordingPicker(library, state)
        return Answer("clinic-check", picker.say("clinic-check-stopped")), picker.remember(state, flow="", check={})
    if event == "back":
        before = replace(check, step=max(0, check.step - 1), asides=0)
        return _ask(library, state, before, "clinic-check-back" if check.step else "clinic-check-first")
    if event == "again":
        noted = _with_claims(check, args.get("claims", ()))
        waiting = replace(noted, asides=check.asides + 1)
        if waiting.asides > MAX_ASIDES:
            return _wait(library, state, waiting)
        return _ask(library, state, waiting, "clinic-check-go-on" if noted == check else "clinic-check-claims")
    if event == "where":
        return _ask(library, state, replace(check, asides=0), "clinic-check-go-on")
    return _ask(library, state, Check(), "clinic-check-intro" if event == "start" else "clinic-check-restart")


def _with_claims(check: Check, claims: Sequence[Mapping[str, Any]]) -> Check:
    kept = tuple({"type": claim["type"], "text": claim["text"]} for claim in claims)
    return replace(check, claims=(*check.claims, *kept))


def _note(library: Library, state: DialogueState, check: Check, answer: str) -> Outcome:
    steps = list(library.clinic_check.values())
    name = steps[check.step].id
    answers = (*(item for item in check.answers if item[0] != name), (name, answer))
    following = replace(check, step=check.step + 1, answers=answers, asides=0)
    if following.step < len(steps):
        return _ask(library, state, following, LEAD_OF_ANSWER.get(answer, "clinic-check-next"))
    return report_check(library, dict(answers), following.claims, state)


def _ask(library: Library, state: DialogueState, check: Check, lead: str) -> Outcome:
    picker = WordingPicker(library, state)
    steps = list(library.clinic_check.values())
    text = paragraphs(picker.say(lead), steps[check.step].question)
    progress = {"progress": {"step": check.step + 1, "of": len(steps)}}
    answer = Answer("clinic-check", text, suggestions=BUTTONS, extra=progress)
    return answer, picker.remember(state, kind="clinic-check", flow=IN_CHECK, check=_stored(check))


def _wait(library: Library, state: DialogueState, check: Check) -> Outcome:
    """Return a word that the check waits: who asks other things is not to hear the same question after each of them."""
    picker = WordingPicker(library, state)
    answer = Answer("clinic-check", picker.say("clinic-check-waits"), suggestions=WAITING_BUTTONS)
    return answer, picker.remember(state, kind="clinic-check", flow=IN_CHECK, check=_stored(check))


def _stored(check: Check) -> dict[str, Any]:
    answers = [list(item) for item in check.answers]
    return {"step": check.step, "answers": answers, "claims": list(check.claims), "asides": check.asides}
