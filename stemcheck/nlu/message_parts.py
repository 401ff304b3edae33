"""Two questions in one message: the parts that may each ask for something."""

import re

from stemcheck.claims.sentences import split_sentences

LEAST_WORDS = 3
MOST_PARTS = 4
# "Tell me the sources and the name of the study": a second question often hangs on a conjunction
CONJUNCTION = re.compile(r",?\s+(?:and|but|plus|also|as well as)\s+(?:also\s+)?|;\s+", re.IGNORECASE)

# what stands for something said in the part before it
POINTS_BACK = re.compile(r"\b(?:it|its|it's|they|them|their|those|these|that|this|one|ones)\b", re.IGNORECASE)

# "No, I meant the ones from fat": what the visitor wants stands after these words
CORRECTION = re.compile(
    r"\b(?:i (?:actually )?meant|i mean|was asking about|was talking about|not that,?)\s+(.+)", re.IGNORECASE
)


def split_parts(text: str) -> list[str]:
    """Return the sentences and the halves around a conjunction, if there are two or more; none for a simple message.

    Of a correction, return what it corrects to.
    """
    correction = CORRECTION.search(text)
    if correction:
        return [correction.group(1).strip(" ,.?!")]
    sentences = [sentence.text for sentence in split_sentences(text)]
    halves = [half for sentence in sentences for half in CONJUNCTION.split(sentence)]
    parts = [part.strip(" ,.?!") for part in halves if len(part.split()) >= LEAST_WORDS]
    return parts[:MOST_PARTS] if len(parts) > 1 and len(text) <= 400 else []
