"""What to ask next, as buttons."""

from collections.abc import Iterable

from stemcheck.content.library import Library

MOST = 3

Suggestions = tuple[dict[str, str], ...]


def suggest_facts(library: Library, fact_ids: Iterable[str], *, without: Iterable[str] = ()) -> Suggestions:
    """Return up to three buttons that ask for these facts, leaving out those that were just answered."""
    left_out = set(without)
    chosen = [fact_id for fact_id in dict.fromkeys(fact_ids) if fact_id not in left_out][:MOST]
    return tuple({"title": library.facts[fact_id].label, "text": library.facts[fact_id].question} for fact_id in chosen)


def suggest_after(library: Library, answered: Iterable[str]) -> Suggestions:
    """Return what is worth asking after these facts: the next ones of each, in turn."""
    given = list(answered)
    following = [library.facts[fact_id].next for fact_id in given]
    longest = max((len(ids) for ids in following), default=0)
    in_turn = [ids[place] for place in range(longest) for ids in following if place < len(ids)]
    return suggest_facts(library, in_turn, without=given)


def suggest_next(library: Library, *ids: str) -> Suggestions:
    """Return the buttons with these ids from data/guidance/buttons.yml."""
    return tuple({"title": library.buttons[name].title, "text": library.buttons[name].text} for name in ids)
