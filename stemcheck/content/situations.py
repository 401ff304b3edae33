"""Reads data/situations and data/guidance, and checks that every statement of a reply is backed by something that exists."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stemcheck.content.problems import Problem
from stemcheck.content.reading import Reader
from stemcheck.content.situation_schema import Guidance, Situation, markers_of, without_markers

MIN_MESSAGES = 12
ELSEWHERE = frozenset({"claim", "none"})  # where a twin may belong beside situations
FILLED = re.compile(r"\{(?:days|contact|organisation)\}")  # what compose.placeholders fills in
ENDS = " \t?!.…\"'"  # what may stand around a message and change nothing
LEFT = re.compile(r"[\[\]{}].{0,30}")  # what a visitor would read of a marker or placeholder that is written wrongly


def read_situations(reader: Reader) -> dict[str, Situation]:
    """Return the situations by id, one from each file; folder and file name make the id."""
    found: dict[str, Situation] = {}
    for path in sorted((reader.data_dir / "situations").glob("*/*.yml")):
        content = reader.read(path)
        name = f"{path.parent.name}/{path.stem}"
        situation = reader.build(path, {"id": name, **content}, "situations", Situation) if content else None
        if situation is not None:
            found[name] = situation
    return found


def read_guidance(reader: Reader) -> dict[str, Guidance]:
    """Return the statements of guidance by id, one from each file."""
    found: dict[str, Guidance] = {}
    for path in sorted((reader.data_dir / "guidance").glob("*/*.yml")):
        content = reader.read(path)
        built = reader.build(path, {"id": path.stem, **content}, "guidance", Guidance) if content else None
        if built is not None:
            found[built.id] = built
    return found


def check_situations(library: Any) -> Iterator[Problem]:
    """Yield every unknown id, every unbacked or wrongly marked reply, and every situation that cannot be learned or tested."""
    titles: dict[str, str] = {}
    messages: dict[str, str] = {}
    for situation in library.situations.values():
        file = library.files.get(("situations", situation.id), "data")
        for message, remedy in _problems_of(library, situation):
            yield Problem(file, situation.id, message, remedy)
        first = titles.setdefault(situation.title, situation.id)
        if first != situation.id:
            yield Problem(
                file, situation.id, f"the title is that of {first}, too", "A button could mean either: change one"
            )
        for message, remedy in _doubles(situation, messages):
            yield Problem(file, situation.id, message, remedy)


def _doubles(situation: Situation, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each message that another situation has, too; `known` holds whose message each text is, and grows."""
    for text in dict.fromkeys(message.text.lower().strip(ENDS) or message.text for message in situation.messages):
        other = known.setdefault(text, situation.id)
        if other != situation.id:
            remedy = "It can't teach two things: keep it in one of them, or make it a follow-up of what went before"
            yield f"the message {text[:40]!r} is one of {other}, too", remedy


def _problems_of(library: Any, situation: Situation) -> Iterator[tuple[str, str]]:
    said = (*situation.messages, *situation.follow_ups, *situation.twins, *situation.tests)
    named: list[str] = [*situation.next, *(also for message in said for also in message.also)]
    named += [item.after for item in situation.follow_ups]
    named += [twin.belongs for twin in situation.twins if twin.belongs not in ELSEWHERE]
    for name in dict.fromkeys(named):
        if ("situations", name) not in library.files:
            yield f'"{name}" is not in data/situations', "Correct the id, or add the situation"
    for message in said:
        for claim in message.claims:
            if ("claims", claim.type) not in library.files:
                yield f'"{claim.type}" is no claim type', "Correct the name"
    yield from _backing(library, situation)
    yield from _wording(situation)
    if len(situation.messages) < MIN_MESSAGES:
        yield f"only {len(situation.messages)} messages to learn from", f"Write at least {MIN_MESSAGES}"
    if not situation.tests:
        yield "no test message", 'Put one or two that are not among "messages" under "tests"'
    if situation.card and ("safety", situation.card) not in library.files:
        yield f'the card "{situation.card}" is not in data/safety', "Correct the id"


def _backing(library: Any, situation: Situation) -> Iterator[tuple[str, str]]:
    # an item that could not be read is in `files` all the same: its own problem is told once
    places = {"": "facts", "update": "updates", "guidance": "guidance"}
    used = [marker for text in (*situation.replies, situation.short) for marker in markers_of(text)]
    for marker in dict.fromkeys(used):
        kind, _, id = marker.rpartition(":")
        if (places[kind], id) not in library.files:
            yield f"the marker [{marker}] names nothing that exists", "Correct the id, or add what it names"
    facts = [marker for marker in used if ":" not in marker]
    if situation.kind == "answer" and not facts:
        yield 'the kind is "answer", but no reply states a fact', "Mark the fact, or choose another kind"
    if situation.kind == "out-of-scope" and facts:
        yield f'the kind is "out-of-scope", but a reply states [{facts[0]}]', 'Make the kind "answer"'


def _wording(situation: Situation) -> Iterator[tuple[str, str]]:
    """Yield what a visitor would read of a marker or placeholder written wrongly, a lone wording, and tests that are learned from."""
    for text in (*situation.replies, situation.short):
        for left in LEFT.findall(FILLED.sub("", without_markers(text))):
            remedy = "Write [guidance:id] without blanks, and fill in only {days}, {contact} and {organisation}"
            yield f"{left!r} would be shown to visitors", remedy
    if len(set(situation.replies)) < 2:
        yield "there is only one wording of the reply", "Write a second one"
    learned = {message.text.strip().lower() for message in (*situation.messages, *situation.twins)}
    for message in situation.tests:
        if message.text.strip().lower() in learned:
            yield f"the test {message.text[:40]!r} is learned from as well", "Put it in other words"


def situation_files(data_dir: Path) -> list[Path]:
    """Return the files of all situations, in order."""
    return sorted((data_dir / "situations").glob("*/*.yml"))
