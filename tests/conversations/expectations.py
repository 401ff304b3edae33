"""What a story may expect of the replies to a turn, and what is wrong with those that came.

rule      the rule that fired, or several of which one must; reviewers see it, visitors do not
kind      the kind of the first reply
then      the kinds of the replies after it; left out: none comes
facts     facts that are all stated                    guidance   statements of guidance that all are
updates   updates that are all told                    situations situations that are all answered
types     claim types that are all judged              only_types the claim types that are judged, and no other
verdicts  verdicts that all come                       flagged    whether any claim is flagged
card      the safety card; left out: none is shown     language   the code of the language in which only English is offered
step      the clinic check's question that waits; left out: none does
does      what the web service is told to do (erase, export, pass-on); left out: nothing
meets     the feeling that the reply begins with
has, not_has   a text, or several, that the replies hold or do not hold
open      whether cards, steps and what follows may be anything where they are not named; reviewers name only a kind or claims
"""

from collections.abc import Mapping, Sequence
from typing import Any

from stemcheck.content.situation_schema import MAX_REPLY_WORDS
from stemcheck.replies.helplines import list_numbers
from tests.library import LIBRARY

SUBSETS = ("facts", "guidance", "updates", "types", "verdicts")
SINGLE = ("card", "language", "step", "does")
OTHERS = ("rule", "kind", "then", "situations", "only_types", "flagged", "meets", "has", "not_has", "open")
KEYS = frozenset({*SUBSETS, *SINGLE, *OTHERS})

Message = Mapping[str, Any]


def find_faults(expected: Mapping[str, Any], messages: Sequence[Message]) -> list[str]:
    """Return what is wrong with the replies to a turn, in words; nothing when all is right."""
    found = _contents(messages)
    first, *following = [message["kind"] for message in messages]
    expected = {**_as_found(found, following), **expected} if expected.get("open") else expected
    faults = [
        f"of {name} there are {sorted(found[name])}"
        for name in SUBSETS
        if not set(expected.get(name, ())) <= found[name]
    ]
    checks = {
        f"the kind is {first}": expected.get("kind", first) == first,
        f"what follows is {following}": expected.get("then", []) == following,
        f"the claims are {sorted(found['types'])}": set(expected.get("only_types", found["types"])) == found["types"],
        "flagged is wrong": expected.get("flagged") in (None, any(claim["flagged"] for claim in _claims(messages))),
        **{f"the {name} is {found[name] or 'none'}": expected.get(name) == found[name] for name in SINGLE},
        f"{expected.get('meets')} is not met": _meets(expected.get("meets"), messages[0]["text"]),
    }
    return [*faults, *(fault for fault, is_right in checks.items() if not is_right), *_texts(expected, messages)]


def _as_found(found: Mapping[str, Any], following: Sequence[str]) -> dict[str, Any]:
    return {"then": following, **{name: found[name] for name in SINGLE}}


def find_long_replies(messages: Sequence[Message]) -> list[str]:
    """Return the replies that are too long for a chat; several verdicts, reports and the clinic check may be longer."""
    lengths = [_count_words(message) for message in messages if not _may_be_long(message)]
    return [f"a reply has {words} words" for words in lengths if words > MAX_REPLY_WORDS]


def _may_be_long(message: Message) -> bool:
    return message["kind"] == "clinic-check" or "report" in message or len(message["claims"]) > 1


def _count_words(message: Message) -> int:
    # numbers to call are no words to read
    numbers = list_numbers(message["card"]["numbers"]) if "card" in message else ""
    return len(message["text"].split()) - len(numbers.split())


def _contents(messages: Sequence[Message]) -> dict[str, Any]:
    claims = _claims(messages)
    cards = [message["card"]["id"] for message in messages if "card" in message]
    steps = [message["progress"]["step"] for message in messages if "progress" in message]
    return {
        "facts": {fact for message in messages for fact in message["facts"]},
        "guidance": {one for message in messages for one in message["guidance"]},
        "updates": {update["id"] for message in messages for update in message["updates"]},
        "types": {claim["type"] for claim in claims},
        "verdicts": {claim["verdict"] for claim in claims},
        "card": next(iter(cards), None),
        "step": next(iter(steps), None),
        "does": next((message["action"] for message in messages if "action" in message), None),
        "language": next((message["language"] for message in messages if "language" in message), None),
    }


def _claims(messages: Sequence[Message]) -> list[Mapping[str, Any]]:
    return [claim for message in messages for claim in message["claims"]]


def _meets(feeling: str | None, text: str) -> bool:
    return not feeling or text.startswith(LIBRARY.replies[f"feeling-{feeling}"].variants)


def _texts(expected: Mapping[str, Any], messages: Sequence[Message]) -> list[str]:
    whole = "\n\n".join(message["text"] for message in messages)
    missing = [f"{text!r} is missing" for text in _listed(expected.get("has")) if text not in whole]
    return missing + [f"{text!r} is there" for text in _listed(expected.get("not_has")) if text in whole]


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []
