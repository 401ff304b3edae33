"""What a visitor asks of their own beside somebody's claims: what to answer an aunt, whether it could be true for them.

It is met in one sentence before the verdict or the report. Of a pasted text only the visitor's own words count, which stand
before it or after it.
"""

import re

from stemcheck.dialogue.claims.speakers import SENTENCE_END
from stemcheck.dialogue.context import Context
from stemcheck.dialogue.words import holds

QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
MAX_LAST_SENTENCES = 2  # after a pasted text


def asked_beside(ctx: Context) -> str:
    """Return the name of the list in `beside_claims` that the visitor's own words hold; empty for none."""
    said = own_sentences(ctx)
    lists = ctx.words.beside_claims
    return next((name for name, phrases in lists.items() if any(holds(phrases, sentence) for sentence in said)), "")


def is_asked_beside(ctx: Context, text: str) -> bool:
    """Return whether a piece of the message is such a question, which is met already."""
    return any(holds(phrases, text) for phrases in ctx.words.beside_claims.values())


def own_sentences(ctx: Context) -> list[str]:
    """Return the sentences of a message that are the visitor's own; of a pasted text the first and the last ones."""
    claimed = [claim.text for claim in ctx.reading.said_claims]
    sentences = [one.strip() for one in SENTENCE_END.split(QUOTED.sub(" ", ctx.reading.text)) if one.strip()]
    if ctx.reading.is_pasted:
        sentences = [*sentences[:1], *sentences[1:][-MAX_LAST_SENTENCES:]]
    return [one for one in sentences if not any(one in words for words in claimed)]
