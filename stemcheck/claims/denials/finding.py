"""Short denials, by where they stand: a reply behind a claim, a tail in its sentence, a label before it, a warning above its list.

The network reads most of them where it sees claim and denial together; it is unsure of the short ones, which people write most.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from stemcheck.claims.denials.labels import find_labelled
from stemcheck.claims.denials.patterns import EDGES, DenialPatterns
from stemcheck.claims.denials.stretch import Stretch
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.layout import Block, read_blocks
from stemcheck.claims.sentences import Sentence

CROSS, TICK = "❌", "✅"
REACHES_ALL = re.compile(r"\b(?:none|not one|all|these|those|both)\b", re.IGNORECASE)
MAX_WARNING_CHARS = 200


def apply_denials(
    claims: Sequence[FoundClaim], text: str, sentences: Sequence[Sentence], patterns: DenialPatterns
) -> list[FoundClaim]:
    """Return the claims: denied ones are not confirmed, and what a question asks is asserted where yes is the answer."""
    if not claims:
        return []
    denied, agreed = find_denied(text, sentences, patterns), find_agreed(sentences, patterns)
    return [_judge(claim, denied, agreed) for claim in claims]


def _judge(claim: FoundClaim, denied: Sequence[Stretch], agreed: Sequence[Stretch]) -> FoundClaim:
    against = next((stretch for stretch in denied if stretch.reaches(claim)), None)
    if against:
        return replace(claim, is_confirmed=False, cue=f"denied: {against.words}")
    if claim.mode == "asked" and any(stretch.reaches(claim) for stretch in agreed):
        return replace(claim, mode="asserted", cue="")
    return claim


def find_denied(text: str, sentences: Sequence[Sentence], patterns: DenialPatterns) -> list[Stretch]:
    """Return the stretches of a normalised text whose claims are denied."""
    blocks = read_blocks(text)
    return [
        *_replied(text, sentences, patterns),
        *_tailed(sentences, patterns),
        *find_labelled(text, patterns),
        *_crossed(blocks, patterns),
        *_warned_lists(blocks, patterns),
    ]


def find_agreed(sentences: Sequence[Sentence], patterns: DenialPatterns) -> list[Stretch]:
    """Return the questions answered with yes, or with no where they ask for harm, each with its answer: these are claims."""
    return [
        Stretch(question.start, answer.end, answer.text)
        for question, answer in pairwise(sentences)
        if question.text.endswith("?")
        and patterns.is_kind("replies" if _asks_for_harm(question.text, patterns) else "agreements", answer.text)
    ]


def _replied(text: str, sentences: Sequence[Sentence], patterns: DenialPatterns) -> Iterator[Stretch]:
    """Yield each sentence that a denial follows. "None of these" denies all before it in its paragraph."""
    for number, (said, reply) in enumerate(pairwise(sentences), 1):
        if not patterns.is_kind("replies", reply.text) or _is_number(sentences, number):
            continue
        if REACHES_ALL.search(reply.text):
            yield Stretch(max(0, text.rfind("\n\n", 0, said.start)), reply.end, reply.text)
        elif not patterns.holds("hopeless", said.text) and not _asks_for_harm(said.text, patterns):
            yield Stretch(said.start, reply.end, reply.text)


def _is_number(sentences: Sequence[Sentence], number: int) -> bool:
    # "No. 1 clinic in Europe"
    following = sentences[number + 1].text if number + 1 < len(sentences) else ""
    return sentences[number].text.lower() == "no." and following[:1].isdigit()


def _asks_for_harm(question: str, patterns: DenialPatterns) -> bool:
    """Return whether "no" to a question is the claim itself: "Are there side effects?"."""
    return question.endswith("?") and patterns.holds("harms", question) and not patterns.holds("freed", question)


def _tailed(sentences: Sequence[Sentence], patterns: DenialPatterns) -> Iterator[Stretch]:
    for sentence in sentences:
        tail = patterns.tail.search(sentence.text.replace("’", "'"))
        if tail and not patterns.holds("hopeless", sentence.text[: tail.start()]):
            yield Stretch(sentence.start, sentence.end, tail.group().strip(EDGES))


def _crossed(blocks: Sequence[Block], patterns: DenialPatterns) -> Iterator[Stretch]:
    """Yield lines that begin or end with a cross, up to a tick. "❌ No drugs" in an offer says what it spares one."""
    for block in blocks:
        before = block.text.partition(TICK)[0]
        if (block.cross or before.rstrip(" .").endswith(CROSS)) and not patterns.holds("hopeless", before):
            yield Stretch(block.start, block.start + len(before), CROSS)


def _warned_lists(blocks: Sequence[Block], patterns: DenialPatterns) -> Iterator[Stretch]:
    """Yield the items of a list under a heading, or a line with a colon, that warns of them."""
    for place, block in enumerate(blocks):
        if block.leads_list and patterns.holds("warned_lists", block.text[-MAX_WARNING_CHARS:]):
            for item in blocks[place + 1 :]:
                if not item.is_item:
                    break
                yield Stretch(item.start, item.end, block.text)
