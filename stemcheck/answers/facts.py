"""Answer a question from one to three facts."""

from collections.abc import Sequence

from stemcheck.answers.answer import Answer, paragraphs
from stemcheck.answers.citations import cite, overdue_note, update_text
from stemcheck.answers.memory import Memory, Voice
from stemcheck.answers.suggestions import suggest_after
from stemcheck.content.library import Library

MOST_FACTS = 3


def answer_facts(
    library: Library, fact_ids: Sequence[str], memory: Memory, *, lead: str = "", more: bool = False
) -> tuple[Answer, Memory]:
    """Return the answer that states these facts (the first three), and what to remember.

    `lead` is the id of a reply that opens the answer; `more` tells the facts in other, simpler words as well.
    """
    voice = Voice(library, memory)
    chosen = tuple(dict.fromkeys(fact_ids))[:MOST_FACTS]
    opening = voice.say(lead or ("fact-lead" if len(chosen) == 1 else "facts-lead"))
    said = [
        f"{library.facts[fact_id].statement} {library.facts[fact_id].more}"
        if more
        else library.facts[fact_id].statement
        for fact_id in chosen
    ]
    cited = cite(library, chosen)
    text = paragraphs(
        f"{opening} {said[0]}", *said[1:], update_text(voice, cited["updates"]), overdue_note(voice, cited["sources"])
    )
    answer = Answer("answer", text, facts=chosen, suggestions=suggest_after(library, chosen), **cited)
    told_more = tuple(dict.fromkeys((*memory.told_more, *chosen))) if more else memory.told_more
    listed = chosen if len(chosen) > 1 else list_with(library, chosen[0])
    changes = {"kind": "answer", "facts": chosen, "claims": (), "listed": listed, "topic": "", "told_more": told_more}
    return answer, voice.remember(memory, **changes)


def list_with(library: Library, fact_id: str) -> tuple[str, ...]:
    """Return the facts that this one names by their number, or among which it stands; none for most facts."""
    lists = library.fact_lists.values()
    return next((found.items for found in lists if fact_id in (found.id, *found.items)), ())
