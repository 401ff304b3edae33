"""Rules on danger and on other languages."""

from collections.abc import Callable

from stemcheck.dialogue.alarms import DEGREES, STOPPED_MEDICINE, alarm_of, gravity, second_alarm
from stemcheck.dialogue.claims.asked_beside import asked_beside
from stemcheck.dialogue.claims.fitting_updates import unfitting_updates
from stemcheck.dialogue.context import Context, Move
from stemcheck.dialogue.flow_rules import is_message_for_team
from stemcheck.dialogue.questions import questions_of

CARD, JUDGE, ANSWER, LANGUAGE = (
    "action_show_safety_card",
    "action_judge_claims",
    "action_answer",
    "action_name_language",
)


def is_alarm(ctx: Context) -> bool:
    """Return whether the message calls for a card, by the plain rule or by the model."""
    return bool(alarm_of(ctx)[0])


def show_card(ctx: Context, rule: str) -> list[Move]:
    """Show the card, or two; beside one that leaves time, the question that the message asks as well is answered."""
    card, situation = alarm_of(ctx)
    moves = [Move(CARD, rule, {"card": card, "situation": situation})]
    if ctx.library.safety[card].degree == DEGREES[0]:
        return moves
    other, its_situation = second_alarm(ctx, card)
    if other:
        return sorted([*moves, Move(CARD, rule, {"card": other, "situation": its_situation})], key=_gravity_in(ctx))
    if card == STOPPED_MEDICINE and ctx.reading.said_claims:
        return [*moves, _judge(ctx, rule)]
    asked = [name for name in questions_of(ctx, ctx.reading.parts) if _can_follow(ctx, name)]
    return [*moves, Move(ANSWER, rule, {"situations": asked[:1], "short": True})] if asked else moves


def _gravity_in(ctx: Context) -> Callable[[Move], int]:
    return lambda move: gravity(ctx, str(move.args["card"]))


def _can_follow(ctx: Context, name: str) -> bool:
    situation = ctx.library.situations.get(name)
    return situation is not None and situation.kind in ("answer", "out-of-scope")


def claim_calls_for_card(ctx: Context) -> bool:
    """Return whether a claim that is made tells somebody to leave their medicine."""
    return bool(_card_of_claims(ctx)) and not ctx.reading.is_pasted


def show_card_and_verdict(ctx: Context, rule: str) -> list[Move]:
    """Show the card of the claim, then what the source makes of the words."""
    return [Move(CARD, rule, {"card": _card_of_claims(ctx), "situation": ""}), _judge(ctx, rule)]


def _card_of_claims(ctx: Context) -> str:
    cards = (ctx.library.claim_types[claim.type].safety for claim in ctx.reading.said_claims)
    return next((str(card) for card in cards if card), "")


def _judge(ctx: Context, rule: str) -> Move:
    claims = [claim.as_dict() for claim in ctx.reading.claims]
    told = {"beside": asked_beside(ctx), "unfitting": unfitting_updates(ctx)}
    return Move(JUDGE, rule, {"claims": claims, "after_card": True, **told})


def is_other_language(ctx: Context) -> bool:
    """Return whether the message is in a language that the assistant does not speak; the team takes one in any language."""
    return bool(ctx.reading.language) and not is_message_for_team(ctx)


def tell_language(ctx: Context, rule: str) -> list[Move]:
    """Say so in that language."""
    return [Move(LANGUAGE, rule, {"language": ctx.reading.language})]
