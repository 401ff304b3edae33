"""A visitor asks about claims that were judged before: one of them, or all at once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from stemcheck.answers.advert_report import choose_questions
from stemcheck.answers.answer import Answer, paragraphs
from stemcheck.answers.citations import cite
from stemcheck.answers.claim_cards import describe_claim
from stemcheck.answers.facts import MOST_FACTS, answer_facts
from stemcheck.answers.memory import Memory, Voice
from stemcheck.answers.ordinals import pick
from stemcheck.answers.suggestions import suggest_next
from stemcheck.answers.understood import Understood
from stemcheck.answers.verdicts import judge_claims
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library

Reply = tuple[Answer, Memory]

ABOUT_LATEST = frozenset({"told-right", "is-it-true"})  # what follows the last card; the others ask about all claims
LONGEST = 90  # characters; who writes more says something of their own
FEW_WORDS, SOME_WORDS = 5, 8  # of a message that opens, or ends, like one that names a claim
MOST_QUESTIONS = 3
QUOTED = re.compile(r"(?<!\w)['‘“\"]([^'‘’“”\"]{3,})['’”\"](?!\w)")
OPENINGS = (
    "and ",
    "what about",
    "how about",
    "so the ",
    "the ",
    "is the ",
    "are the ",
    "but the ",
    "ok and ",
    "ok the ",
    "with ",
    "without ",
)
ENDINGS = (
    "thing true",
    "bit true",
    "part true",
    "claim true",
    "bit",
    "part",
    "thing",
    "claim",
    "one",
    "point",
    "promise",
    "sentence",
    "line",
)


def about_judged_claims(library: Library, understood: Understood, memory: Memory) -> Reply | None:
    """Return the reply to a message about claims judged before; None when it is about something else."""
    judged = [FoundClaim(**claim) for claim in memory.judged]
    if not judged or _says_more(understood, judged) or len(understood.text) > LONGEST:
        return None
    if understood.claim_question in QUESTIONS:
        about = judged_claims(memory) if understood.claim_question in ABOUT_LATEST else judged
        return _keep(QUESTIONS[understood.claim_question](library, about, memory), memory)
    chosen = _chosen(library, understood, memory, judged)
    return _keep(judge_claims(library, chosen, memory, lead="one-claim"), memory) if chosen else None


def judged_claims(memory: Memory) -> list[FoundClaim]:
    """Return the claims that were told last, also when something else was told since."""
    return [FoundClaim(**claim) for claim in memory.claims or memory.judged]


def _says_more(understood: Understood, judged: Sequence[FoundClaim]) -> bool:
    """Return whether a message holds a claim of its own: "and the guarantee bit" only names one that was judged."""
    known = {claim.type for claim in judged}
    said = {claim.type for claim in understood.claims if claim.mode != "asked"}
    return bool(said) and not (points_at_subject(understood.text) and said <= known)


def _chosen(
    library: Library, understood: Understood, memory: Memory, judged: Sequence[FoundClaim]
) -> Sequence[FoundClaim]:
    """Return the claims that the message points at, by place or by subject."""
    if not memory.listed:
        by_place = pick(understood.text, promises_of(judged), promises_of(judged_claims(memory)))
        if by_place:
            return by_place
    quoted = [claim for claim in judged if _quotes(understood.text, claim)]
    if quoted:
        return quoted
    named = (*understood.subjects, *(claim.type for claim in understood.claims))
    # a whole sentence or question that happens to hold the word stands for itself
    if not named or not points_at_subject(understood.text):
        return []
    of_subject = [claim for claim in judged if claim.type in named]
    if of_subject:
        return of_subject
    is_open = memory.kind in ("verdict", "safety")
    return [FoundClaim(named[0], "asked", 0, len(understood.text), understood.text)] if is_open else []


def promises_of(claims: Sequence[FoundClaim]) -> list[tuple[FoundClaim, ...]]:
    """Return the claims in the order of the text, those that lie in the same words together: "it stops for certain" is one promise."""
    promises: list[tuple[FoundClaim, ...]] = []
    for claim in sorted(claims, key=lambda claim: (claim.start, claim.end)):
        if promises and _shares_words(promises[-1][0], claim):
            promises[-1] = (*promises[-1], claim)
        else:
            promises.append((claim,))
    return promises


def _shares_words(first: FoundClaim, second: FoundClaim) -> bool:
    common = min(first.end, second.end) - max(first.start, second.start)
    return common > min(first.end - first.start, second.end - second.start) / 2


def points_at_subject(text: str) -> bool:
    """Return whether a message is a subject and little more: "and the relapses?", "the licence bit"."""
    plain = text.lower().strip(" ?!.…")
    words = len(plain.split())
    return (words <= FEW_WORDS and plain.startswith(OPENINGS)) or (words <= SOME_WORDS and plain.endswith(ENDINGS))


def _quotes(text: str, claim: FoundClaim) -> bool:
    """Return whether a message holds words of a claim between quotation marks."""
    quotes = [found.lower().strip(" .,!?") for found in QUOTED.findall(text)]
    return any(quote and quote in claim.text.lower() for quote in quotes)


def _keep(reply: Reply, memory: Memory) -> Reply:
    """Return the reply with all the claims still in mind, so that "and the third?" counts as before."""
    return reply[0], replace(reply[1], judged=memory.judged, listed=())


def _tell_what_is_true(library: Library, judged: Sequence[FoundClaim], memory: Memory) -> Reply:
    backed = [claim for claim in judged if not _is_flagged(library, claim)]
    if backed:
        return judge_claims(library, backed, memory, lead="some-backed")
    facts = list(dict.fromkeys(fact for claim in judged for fact in library.claim_types[claim.type].facts))
    if not facts:
        return _weigh(library, judged, memory)
    return answer_facts(library, facts[:MOST_FACTS], memory, lead="none-backed")


def _tell_the_worst(library: Library, judged: Sequence[FoundClaim], memory: Memory) -> Reply:
    """Judge the claim whose belief does most harm: medicine stopped, then what the source denies, then the others in its order."""
    order = list(library.verdicts)
    kinds = library.claim_types
    worst = min(judged, key=lambda claim: (not kinds[claim.type].safety, order.index(kinds[claim.type].verdict)))
    return judge_claims(library, [worst], memory, lead="worst-claim")


def _tell_not_backed(library: Library, judged: Sequence[FoundClaim], memory: Memory) -> Reply:
    flagged = [claim for claim in judged if _is_flagged(library, claim)]
    return judge_claims(library, flagged or judged, memory, lead="not-backed" if flagged else "all-backed")


def _weigh(library: Library, judged: Sequence[FoundClaim], memory: Memory) -> Reply:
    any_flagged = any(_is_flagged(library, claim) for claim in judged)
    return judge_claims(library, judged, memory, lead="ask-verdict" if any_flagged else "ask-verdict-backed")


def _help_to_write_back(library: Library, judged: Sequence[FoundClaim], memory: Memory) -> Reply:
    voice = Voice(library, memory)
    cards = [{**describe_claim(library, claim), "flagged": _is_flagged(library, claim)} for claim in judged]
    questions = [question.question for question in choose_questions(library, cards, [])[:MOST_QUESTIONS]]
    facts = list(dict.fromkeys(fact for card in cards for fact in card["facts"]))[:1]
    lead = f"{voice.say('questions-lead')}\n" if questions else ""
    listed = lead + "\n".join(f"- {question}" for question in questions)
    text = paragraphs(voice.say("write-back"), *(library.facts[fact].statement for fact in facts), listed)
    suggestions = suggest_next(library, "clinic-check", "person")
    return Answer("answer", text, facts=tuple(facts), suggestions=suggestions, **cite(library, facts)), voice.remember(
        memory
    )


def _is_flagged(library: Library, claim: FoundClaim) -> bool:
    return bool(library.verdicts[library.claim_types[claim.type].verdict].flagged)


QUESTIONS: dict[str, Callable[[Library, Sequence[FoundClaim], Memory], Reply]] = {
    "any-true": _tell_what_is_true,
    "worst": _tell_the_worst,
    "not-backed": _tell_not_backed,
    "told-right": _weigh,
    "is-it-true": _weigh,
    "write-back": _help_to_write_back,
}
