"""Turns a move into a reply: each action's name, and what composes it. Pure: what is to be remembered comes back with the reply."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.reading import Reading
from stemcheck.conversation.state import DialogueState
from stemcheck.dialogue.alarms import USUAL_CARD
from stemcheck.dialogue.flow_rules import ERASE, IN_CHECK, OFFERED, SETTLING
from stemcheck.dialogue.flows.clinic_check import run_check
from stemcheck.dialogue.flows.handoff import describe_contact, hand_over
from stemcheck.dialogue.flows.privacy import protect_privacy
from stemcheck.replies.claim_followups import answer_claim_question
from stemcheck.replies.clarification import ask_which, tell_language
from stemcheck.replies.pasted_text_report import report_text
from stemcheck.replies.repetition import avoid_repetition
from stemcheck.replies.safety_card import call_lines, describe_card, show_card
from stemcheck.replies.situation_answer import MAX_BUTTONS, answer_situations, buttons
from stemcheck.replies.verdicts import judge_claims
from stemcheck.settings import Settings

Outcome = tuple[Answer, DialogueState]


@dataclass(frozen=True)
class Composing:
    """What every composer gets."""

    library: Library
    settings: Settings
    reading: Reading
    state: DialogueState
    args: Mapping[str, Any]

    def claims(self) -> list[FoundClaim]:
        """Return the claims that the move names."""
        return [FoundClaim(**claim) for claim in self.args.get("claims", ())]


def compose(
    action: str,
    rule: str,
    args: Mapping[str, Any],
    *,
    library: Library,
    settings: Settings,
    reading: Reading,
    state: DialogueState,
) -> Outcome:
    """Return the reply of a move, with the name of the rule that chose it, and what to remember. No text comes three times running."""
    ready = leave_question(state, rule)
    answer, after = COMPOSERS[action](Composing(library, settings, reading, ready, args))
    answer, after = avoid_repetition(library, answer, state, after)
    age = 0 if answer.kind == "safety" else after.card_age + 1
    return replace(answer, extra={**answer.extra, "rule": rule}), replace(after, card_age=age)


def leave_question(state: DialogueState, rule: str) -> DialogueState:
    """Return the state without a yes-or-no question that was not answered: a later yes must not erase anything."""
    if state.flow in (ERASE, OFFERED) and not rule.startswith(SETTLING):
        return replace(state, flow=IN_CHECK if state.check else "")
    return state


def placeholders(library: Library, settings: Settings) -> dict[str, str]:
    """Return what fills the placeholders of situations' replies."""
    contact = describe_contact(library, settings)
    return {
        "days": f"{settings.retention_days:g}",
        "contact": contact["name"],
        "organisation": library.contacts["default"].name,
    }


def _answer(task: Composing) -> Outcome:
    args = task.args
    answer, after = answer_situations(
        task.library,
        args["situations"],
        task.state,
        values=placeholders(task.library, task.settings),
        feeling=str(args.get("feeling", "")),
        short=bool(args.get("short")),
        close=str(args.get("close", "")),
    )
    others = buttons(task.library, args.get("others", ()))
    offered = {one["text"]: one for one in (*others, *answer.suggestions)}
    answer = replace(answer, suggestions=tuple(offered.values())[:MAX_BUTTONS])
    return (_with_card(task, answer), after) if answer.kind == "safety" else (answer, after)


def _with_card(task: Composing, answer: Answer) -> Answer:
    """Return an answer on danger with its card: the situation's own, or the one that was shown last."""
    own = (task.library.situations[name].card for name in task.args["situations"])
    card = next((name for name in own if name), task.state.card) or USUAL_CARD["now"]
    shown = describe_card(task.library, card, country=task.settings.country, region=task.reading.region)
    return replace(answer, text=paragraphs(answer.text, call_lines(shown)), extra={**answer.extra, "card": shown})


def _ask_back(task: Composing) -> Outcome:
    words = {name: str(task.args.get(name, "")) for name in ("feeling", "reply")}
    return ask_which(task.library, task.args["situations"], task.state, values=task.args.get("values", {}), **words)


def _judge(task: Composing) -> Outcome:
    if task.args.get("after_card") and task.reading.is_pasted:
        return report_text(
            task.library,
            task.reading.text,
            task.claims(),
            task.state,
            after_card=True,
            beside=str(task.args.get("beside", "")),
        )
    return judge_claims(
        task.library,
        task.claims(),
        task.state,
        lead=str(task.args.get("lead", "")),
        situation=str(task.args.get("situation", "")),
        feeling=str(task.args.get("feeling", "")),
        beside=str(task.args.get("beside", "")),
        unfitting=tuple(task.args.get("unfitting", ())),
        newer=tuple(task.args.get("newer", ())),
        is_own_team=bool(task.args.get("by_team")),
        names_clinic=bool(task.args.get("names_clinic")),
        is_brief=bool(task.args.get("brief")),
        keeps_numbers=bool(task.args.get("again")),
    )


def _card(task: Composing) -> Outcome:
    claims = [claim.as_dict() for claim in task.reading.claims]
    return show_card(
        task.library,
        str(task.args["card"]),
        task.state,
        situation=str(task.args.get("situation", "")),
        country=task.settings.country,
        region=task.reading.region,
        language=task.reading.language,
        claims=claims,
    )


COMPOSERS: Mapping[str, Callable[[Composing], Outcome]] = {
    "action_answer": _answer,
    "action_ask_back": _ask_back,
    "action_judge_claims": _judge,
    "action_report_text": lambda task: report_text(
        task.library, task.reading.text, task.claims(), task.state, beside=str(task.args.get("beside", ""))
    ),
    "action_follow_claims": lambda task: answer_claim_question(task.library, str(task.args["question"]), task.state),
    "action_show_safety_card": _card,
    "action_name_language": lambda task: tell_language(task.library, str(task.args["language"]), task.state),
    "action_clinic_check": lambda task: run_check(task.library, task.state, task.args),
    "action_hand_over": lambda task: hand_over(task.library, task.settings, task.state, task.args),
    "action_protect_privacy": lambda task: protect_privacy(task.library, task.state, task.args),
}
