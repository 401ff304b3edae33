"""No step that reads a visitor's words may take long, whatever the words: here the worst ones are searched for."""

import re
import time
from pathlib import Path

import pytest
import yaml

from stemcheck.claims.cues import load_cues
from stemcheck.claims.denials.finding import find_denied
from stemcheck.claims.denials.patterns import load_denials
from stemcheck.claims.patterns import load_patterns
from stemcheck.claims.sentences import split_sentences
from stemcheck.claims.treatment import load_treatment_words
from stemcheck.content.library import DATA_DIR
from stemcheck.content.safety_rule import build_safety_rule
from stemcheck.content.silence_rule import find_silences
from stemcheck.storage.masking import mask
from stemcheck.web.request_body import MAX_CHARACTERS
from tests.library import LIBRARY

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # counting lines takes time too

MOST_SECONDS = 0.1  # of processor time: other processes do not count
SCREENED = MAX_CHARACTERS // 4  # characters of each word in the first round
FINALISTS = 15
WORDS = re.compile(r"[a-z]+")
# what a pattern's words are not: signs that grow under NFKC or lower(), long words, signs alone, numbers of every kind
ODD = ["\ufdfa", "\u0130", "a,", "ab", "a-", "1 ", ". ", "| ", "! ", "\u200b", "é", "x" * 7999, "so-" * 2666]
NUMBERS = [
    "1",
    "1 ",
    "1/",
    "12 34 56 ",
    "(0",
    "+44 ",
    "0301234567 ",
    "+1 201 555 0123 ",
    "943 476 5919 ",
    "1-",
    "DE12 3456 ",
]
ADDRESSES = ["a@", "@a.", "a@a.a ", "a (at) b", "patient 12345 ", "nhs no 1 "]


def words_in(*patterns):
    """Return every word and letter of some patterns, without those of `\\b` and the like."""
    return sorted(set(WORDS.findall(" ".join(re.sub(r"\\[a-z]", " ", pattern) for pattern in patterns))))


def in_yaml(name):
    return words_in((DATA_DIR / name).read_text("utf-8"))


def seconds(step, word, length):
    text = (f"{word} " if word.isalpha() else word) * length
    began = time.process_time()
    step(text[:length])
    return time.process_time() - began


def slowest(step, words):
    """Return the seconds for the longest text of the slowest word, and the word: the slowest of short texts come first."""
    screened = sorted(words, key=lambda word: seconds(step, word, SCREENED), reverse=True)[:FINALISTS]
    return max((min(seconds(step, word, MAX_CHARACTERS) for _ in range(3)), word) for word in screened)


def find_claim_patterns(text):
    patterns = load_patterns()
    for kind in LIBRARY.claim_types:
        patterns.find(kind, text)
        patterns.find_opposite(kind, text, 0, 1)


def find_denials(text):
    find_denied(text, split_sentences(text), load_denials())


SAFETY = build_safety_rule(LIBRARY.safety)
SAFETY_WORDS = words_in(*(pattern for card in LIBRARY.safety.values() for pattern in (*card.patterns, *card.harmless)))
SENTENCES = [
    f"{text}. "
    for path in sorted(Path(__file__).parent.glob("safety/*.yml"))
    for texts in yaml.safe_load(path.read_text("utf-8")).values()
    for text in texts
]
SILENCE_WORDS = words_in(*(pattern for silence in LIBRARY.silences.values() for pattern in silence.patterns))
STEPS = {
    "safety rule, its words": (SAFETY.find, SAFETY_WORDS),
    "safety rule, sentences": (SAFETY.find, SENTENCES),
    "safety rule, odd signs": (SAFETY.find, ODD + NUMBERS),
    "silences": (lambda text: find_silences(LIBRARY.silences, text), [*SILENCE_WORDS, *ODD, "no risk, ", ", ", ": "]),
    "claim patterns": (find_claim_patterns, [*in_yaml("claim-patterns.yml"), *ODD, *NUMBERS]),
    "cues": (
        lambda text: load_cues().find(text),
        [word for path in DATA_DIR.glob("cues/*.yml") for word in in_yaml(path)],
    ),
    "treatment words": (lambda text: load_treatment_words().find(text), in_yaml("treatment-words.yml")),
    "sentences": (split_sentences, [*ODD, *NUMBERS, "\n", "- ", "a.b ", "e.g. "]),
    "denials": (
        find_denials,
        [*in_yaml("lexicon/denials.yml"), *ODD, *NUMBERS, "myth: ", "❌", "no. ", "- a\n", "claim: a. false: "],
    ),
    "masking": (mask, NUMBERS + ADDRESSES + ODD),
}


@pytest.mark.parametrize("name", STEPS)
def test_the_longest_message_of_the_worst_word_is_read_at_once(name):
    step, words = STEPS[name]
    step("The first call loads what later ones share: 1.")

    time_taken, word = slowest(step, words)

    assert time_taken < MOST_SECONDS, f"{word[:40]!r} takes {time_taken:.3f} s"
