"""The pieces of a message that may each ask for something: its sentences, and halves around a conjunction."""

import re

from stemcheck.claims.sentences import split_sentences

MIN_WORDS, MAX_PARTS = 2, 12
MAX_HALVED_CHARS = 400  # of a longer message only whole sentences are read by themselves
# "Tell me the sources and the name of the study": a second question often hangs on a conjunction
CONJUNCTION = re.compile(r",?\s+(?:and|but|plus|also|as well as)\s+(?:also\s+)?|;\s+", re.IGNORECASE)
# "how dangerous is it, how long in hospital, does insurance pay": a comma alone divides questions; "which is" and "who has"
# after one only go on with the sentence
NEXT_QUESTION = re.compile(
    r",\s+(?=(?:how|what|what's|why|is it|is that|is there|are they|are there|do|does|did|can|could|will|would|should|may"
    r"|(?:who|where|when|which) (?:do|does|can|could|should|would|will|pays|one|of))\b)",
    re.IGNORECASE,
)
# "No, I meant the ones from fat": what the visitor wants comes after these words
CORRECTION = re.compile(
    r"\b(?:i (?:actually )?meant|i mean|was asking about|was talking about|not that,?)\s+(.+)", re.IGNORECASE
)
POINTS_BACK = re.compile(
    r"\b(it|its|they|them|their|that|those|these|this|one|ones|there|he|she|who|same|such|the other|the second|the first)\b"
    r"|^(and|but|so|ok|okay|or|no|not)\b|\bback to\b",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"\b(?:a?hsct|transplants?|stem cells?|mscs?|mesenchymal|mesems|clinics?|source|you|your)\b", re.IGNORECASE
)
MAX_ANAPHORIC_CHARS, MAX_ANAPHORIC_WORDS = 70, 4


def split_questions(text: str) -> list[str]:
    """Return the pieces, if there are two or more; none for a simple message. Of a correction, what it corrects to."""
    correction = CORRECTION.search(text)
    if correction and len(text) <= MAX_HALVED_CHARS:
        # what is said after it explains: "I was asking about the age limit. My mother is 68"
        return [split_sentences(correction.group(1))[0].text.strip(" ,.?!")]
    sentences = [sentence.text for sentence in split_sentences(text)]
    if len(text) <= MAX_HALVED_CHARS:
        halves = [half for sentence in sentences for half in CONJUNCTION.split(sentence)]
        sentences = [piece for half in halves for piece in NEXT_QUESTION.split(half)]
    parts = [part.strip(" ,.") for part in sentences if len(part.split()) >= MIN_WORDS]
    return parts[-MAX_PARTS:] if len(parts) > 1 else []


def is_anaphoric(text: str) -> bool:
    """Return whether a message is short and stands for more than it says: "do they help?", "and the money?", "who?"."""
    is_short = len(text) <= MAX_ANAPHORIC_CHARS
    return is_short and (len(text.split()) <= MAX_ANAPHORIC_WORDS or bool(POINTS_BACK.search(text)))


def is_vague(part: str) -> bool:
    """Return whether a piece of a message names no treatment, so that it is about what the message is about: "how long in hospital"."""
    return len(part) <= MAX_ANAPHORIC_CHARS and not NAMED.search(part)
