"""When a message calls for a safety card: by the plain rule, or by what the model makes of it; the graver of both."""

from stemcheck.dialogue.claims.speakers import team_stops_medicine
from stemcheck.dialogue.context import Context
from stemcheck.dialogue.questions import MAX_CARD_AGE

GROUP = "alarm"
DEGREES = ("now", "today", "talk")  # the graver first; "gentle" and "none" bring no card
AFTER_CARD = "after-card/"
USUAL_CARD = {"now": "emergency", "today": "new-symptoms", "talk": "crisis"}
STOPPED_MEDICINE = "stopped-medicine"


def alarm_of(ctx: Context) -> tuple[str, str]:
    """Return the card that a message calls for, and the alarm situation it comes from; both empty when it calls for none."""
    by_rule = ctx.reading.safety
    if answers_card(ctx) or is_surely_calm(ctx):
        return "", ""
    if by_rule and denies_danger(ctx) and gravity(ctx, by_rule) == len(DEGREES) - 1:
        by_rule = ""
    by_model, situation = model_alarm(ctx)
    if STOPPED_MEDICINE in (by_rule, by_model) and team_stops_medicine(ctx, ctx.reading.text):
        # what the own team arranges is no alarm; anything else in the message still is
        by_rule, by_model = (card.replace(STOPPED_MEDICINE, "") for card in (by_rule, by_model))
    by_rule = more_telling(ctx, by_rule) if by_rule else ""
    if by_rule and (not by_model or gravity(ctx, by_rule) <= gravity(ctx, by_model)):
        return by_rule, situation if card_of(ctx, situation) == by_rule else ""
    return by_model, situation


def more_telling(ctx: Context, card: str) -> str:
    """Return the card of the same degree that the message is likely to call for, where the rule's is the usual one of its degree.

    The usual card says nothing of its own: who heard that it is an overdose knows better what to do than "call for help".
    """
    degree = ctx.library.safety[card].degree
    likely: dict[str, float] = {}
    for name, sure in ctx.reading.ranking:
        situation = ctx.library.situations.get(name)
        if situation and situation.card and situation.degree == degree:
            likely[situation.card] = likely.get(situation.card, 0.0) + sure
    best = max(likely, key=lambda name: likely[name], default=card)
    is_usual = card == USUAL_CARD[degree]
    return best if is_usual and likely.get(best, 0.0) >= ctx.thresholds.possible else card


def answers_card(ctx: Context) -> bool:
    """Return whether the message answers a card shown just before: "I am not suicidal", "should I ring first?".

    It is no new alarm, unless it is likely to be a graver one than the card was.
    """
    follows = ctx.state.card and ctx.state.card_age < MAX_CARD_AGE and ctx.reading.situation.startswith(AFTER_CARD)
    if not follows or ctx.reading.confidence < ctx.thresholds.act_sure:
        return False
    is_graver = gravity(ctx, ctx.state.card) > 0 and alarm_probabilities(ctx)["now"] >= ctx.thresholds.alarm_now
    return not is_graver


def is_surely_calm(ctx: Context) -> bool:
    """Return whether the model is all but sure that nothing is amiss; the plain rule cannot tell a film's fever from one's own.

    A pasted text is calm itself, and may yet tell its readers to stop their medicine.
    """
    return bool(not ctx.reading.is_pasted and (ctx.reading.degrees or {}).get("none", 0.0) >= ctx.thresholds.calm_sure)


def denies_danger(ctx: Context) -> bool:
    """Return whether the message says that it is not meant so: "not in a suicidal way", which a plain rule cannot tell."""
    is_denial = ctx.acts.get(ctx.reading.situation) == "denies_danger"
    return is_denial and ctx.reading.confidence >= ctx.thresholds.likely


def model_alarm(ctx: Context) -> tuple[str, str]:
    """Return the card that the model calls for, and the situation; both empty below the measured bounds.

    The bounds count how likely it is that a message is of a degree or of a graver one.
    """
    if ctx.reading.is_pasted:
        return "", ""  # an advert is in no danger; what it tells its readers to do is judged with its claims
    chances = alarm_probabilities(ctx)
    degree = next((degree for degree in DEGREES if chances[degree] >= bound_of(ctx, degree)), "")
    return _alarm_of_degree(ctx, degree) if degree else ("", "")


def second_alarm(ctx: Context, first: str) -> tuple[str, str]:
    """Return another card and situation that a message calls for beside the first: it stopped its medicine and wishes to die.

    Both empty for most; beside a card that says "now" there is none.
    """
    if gravity(ctx, first) == 0 or ctx.reading.is_pasted:
        return "", ""
    own = degree_probabilities(ctx)
    others = (degree for degree in DEGREES[1:] if DEGREES.index(degree) != gravity(ctx, first))
    found = next((degree for degree in others if own[degree] >= bound_of(ctx, degree)), "")
    if found:
        return _alarm_of_degree(ctx, found)
    by_rule = ctx.reading.safety
    is_other = bool(by_rule) and gravity(ctx, by_rule) not in (0, gravity(ctx, first)) and not denies_danger(ctx)
    return (by_rule, "") if is_other else ("", "")


def bound_of(ctx: Context, degree: str) -> float:
    """Return the measured bound of a degree."""
    return float(getattr(ctx.thresholds, f"alarm_{degree}"))


def alarm_probabilities(ctx: Context) -> dict[str, float]:
    """Return how likely it is that a message is of each degree or of a graver one."""
    own = degree_probabilities(ctx)
    return {degree: sum(own[other] for other in DEGREES[: place + 1]) for place, degree in enumerate(DEGREES)}


def degree_probabilities(ctx: Context) -> dict[str, float]:
    """Return the probability of each degree: the mean of the degrees' head and of the alarm situations."""
    by_situation = dict.fromkeys(DEGREES, 0.0)
    for name, probability in ctx.reading.ranking:
        situation = ctx.library.situations.get(name)
        if situation and situation.degree in by_situation:
            by_situation[situation.degree] += probability
    return {degree: ((ctx.reading.degrees or {}).get(degree, 0.0) + by_situation[degree]) / 2 for degree in DEGREES}


def card_of(ctx: Context, situation: str) -> str:
    """Return the card of an alarm situation; empty for another one."""
    found = ctx.library.situations.get(situation)
    return str(found.card or "") if found else ""


def gravity(ctx: Context, card: str) -> int:
    """Return how grave a card is: 0 for "now", and more for less grave ones."""
    return DEGREES.index(ctx.library.safety[card].degree)


def _alarm_of_degree(ctx: Context, degree: str) -> tuple[str, str]:
    situation = _likeliest(ctx, degree)
    return card_of(ctx, situation) or USUAL_CARD[degree], situation


def _likeliest(ctx: Context, degree: str) -> str:
    found = ((name, ctx.library.situations.get(name)) for name, _ in ctx.reading.ranking)
    return next((name for name, situation in found if situation and situation.card and situation.degree == degree), "")
