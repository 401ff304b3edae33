"""Answer with the replies of one or several situations: what takes up the feeling, the answers, what is newer, what to ask next."""

import re
from collections.abc import Mapping, Sequence

from stemcheck.content.library import Library
from stemcheck.content.situation_schema import MAX_REPLY_WORDS, Situation, markers_of, without_markers
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.state import DialogueState, WordingPicker, digest
from stemcheck.replies.citations import cite_markers, fit_updates, overdue_note, told_in_full, updates_paragraphs

MAX_BUTTONS = 3
FIRST_SENTENCE = re.compile(r"^.*?[.!?](?=\s|$)(?:\s*\[[^\]]*\])*", re.DOTALL)
MAX_ANSWERS = 4  # situations that one message gets answers to
MAX_WORDS_BESIDE = 75  # of a whole reply beside which another answer finds room
# the order of importance of the kinds, when one message gets answers of several
KIND_ORDER = ("safety", "handoff", "privacy", "answer", "verdict", "out-of-scope", "clinic-check", "smalltalk")


def answer_situations(
    library: Library,
    names: Sequence[str],
    state: DialogueState,
    *,
    values: Mapping[str, str],
    feeling: str = "",
    short: bool = False,
    close: str = "",
) -> tuple[Answer, DialogueState]:
    """Return the answer to these situations (the first four), and what to remember.

    `feeling` is taken up in a sentence before everything else; `short` asks for the short replies, and for their first sentences
    where they were just told; `close` is the id of a reply that ends the answer; `values` fill the placeholders of replies.
    """
    picker = WordingPicker(library, state)
    situations = [library.situations[name] for name in dict.fromkeys(names)][:MAX_ANSWERS]
    raw = _texts(picker, situations, short=short)
    if short and digest(paragraphs(*(fill(without_markers(text), values) for text in raw))) in state.said:
        raw = [first_sentence(text) for text in raw]
    situations = situations[: len(raw)]  # what found no room was not told
    markers = list(dict.fromkeys(marker for text in raw for marker in markers_of(text)))
    cited = cite_markers(library, markers, told=state.told_updates)
    opening = picker.say(f"feeling-{feeling}") if f"feeling-{feeling}" in library.replies else ""
    said = [fill(without_markers(text), values) for text in raw]
    ending = picker.say(close) if close else ""
    cited["updates"] = fit_updates(library, cited["updates"], [opening, *said, ending], woven=markers)
    text = paragraphs(
        opening,
        *said,
        *updates_paragraphs(cited["updates"], woven=markers),
        overdue_note(picker, cited["sources"]),
        ending,
    )
    kind = min((situation.kind for situation in situations), key=KIND_ORDER.index)
    answer = Answer(kind, text, suggestions=suggest_situations(library, situations), **cited)
    return answer, picker.remember(
        state,
        kind=kind,
        situations=tuple(situation.id for situation in situations),
        facts=answer.facts,
        claims=(),
        history=state.with_history([situation.id for situation in situations]),
        offered=tuple(situation.id for situation in situations) if len(situations) > 1 else situations[0].next,
        told_updates=tuple(dict.fromkeys((*state.told_updates, *told_in_full(cited["updates"], woven=markers)))),
    )


def _texts(picker: WordingPicker, situations: Sequence[Situation], *, short: bool) -> list[str]:
    """Return the marked texts: whole replies while they find room, short ones beside another, and where a reply was told before."""
    texts, room = [], MAX_REPLY_WORDS
    for place, situation in enumerate(situations):
        times = picker.used.get(f"situation/{situation.id}", 0)
        whole = picker.pick(f"situation/{situation.id}", situation.replies)
        fits = len(whole.split()) <= (MAX_WORDS_BESIDE if len(situations) > 1 else MAX_REPLY_WORDS + len(whole))
        is_short = short or place > 0 or not fits or times >= len(situation.replies)
        texts.append(situation.short if is_short else whole)
        room -= len(texts[-1].split())
        if room <= 0:
            break
    return texts


def first_sentence(text: str) -> str:
    """Return the first sentence of a reply, with the markers that back it."""
    found = FIRST_SENTENCE.match(text)
    return found.group() if found else text


def suggest_situations(library: Library, situations: Sequence[Situation]) -> tuple[dict[str, str], ...]:
    """Return up to three buttons: what may be asked next, of each situation in turn."""
    told = {situation.id for situation in situations}
    longest = max((len(situation.next) for situation in situations), default=0)
    in_turn = [
        situation.next[place] for place in range(longest) for situation in situations if place < len(situation.next)
    ]
    wanted = [name for name in dict.fromkeys(in_turn) if name not in told and name in library.situations]
    return buttons(library, wanted)


def buttons(library: Library, names: Sequence[str]) -> tuple[dict[str, str], ...]:
    """Return buttons that say what these situations are called, at most three."""
    titles = [library.situations[name].title for name in dict.fromkeys(names) if name in library.situations]
    return tuple({"title": title, "text": title} for title in titles[:MAX_BUTTONS])


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a reply with its placeholders filled."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
