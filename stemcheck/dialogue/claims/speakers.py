"""Whose words a message repeats: the visitor's own team or an MS organisation, a clinic, or somebody else; and of which cells.

What the own team says of a transplant is newer than our source (CONTENT.md, "newer"); what a clinic says of it is not.
The network and plain words decide together: "my neurologist says" is told by the words of the sentence, whatever else the
message speaks of.
"""

import re
from functools import lru_cache

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.dialogue.context import Context
from stemcheck.dialogue.words import Words, alternatives, holds, plain

OWN_DOCTOR, ORGANISATION, CLINIC, TRANSPLANT_CELLS, OTHER_CELLS = "own-doctor", "organisation", "clinic", "ahsct", "msc"
MAX_GAP_WORDS = 4  # between the speaker and the verb: "my neurologist at the hospital told me"
SENTENCE_END = re.compile(r"[.!?…]+\s+|\n+")
STOP_MEDICINE = "stop-medication"
Phrases = tuple[str, ...]
DENIED = re.compile(r"\b(?:not|never|n't|no)\b|n't\b")


def newer_types(ctx: Context) -> tuple[str, ...]:
    """Return the claim types that only the own team or an MS organisation claims, of a transplant."""
    claims = ctx.reading.claims
    older = {claim.type for claim in claims if not _is_newer(ctx, claim)}
    return tuple(dict.fromkeys(claim.type for claim in claims if claim.type not in older))


def names_clinic(ctx: Context) -> bool:
    """Return whether the message speaks of a clinic as well."""
    return holds(ctx.words.clinics, ctx.reading.text)


def is_borrowed_by_clinic(ctx: Context, claim: FoundClaim) -> bool:
    """Return whether what the own team says of a transplant stands beside a clinic, which it is not to back."""
    return names_clinic(ctx) and _is_newer(ctx, claim)


def is_own_team(ctx: Context) -> bool:
    """Return whether the own team speaks in the message, and not only an organisation or a study."""
    speaker = ctx.reading.label("speaker", ctx.thresholds.speaker_sure)
    return speaker == OWN_DOCTOR or bool(_team_says(ctx.words, ctx.reading.text))


def is_arranged_by_team(ctx: Context, claim: FoundClaim) -> bool:
    """Return whether the own team arranges that a medicine is stopped: "the transplant team told me to stop Gilenya"."""
    said = plain(sentence_of(ctx.reading.text, claim))
    return claim.type == STOP_MEDICINE and team_stops_medicine(ctx, said)


def team_stops_medicine(ctx: Context, said: str) -> bool:
    """Return whether a sentence tells that the own team stops a medicine, and denies nothing."""
    speaks = _team_says(ctx.words, said)
    rest = plain(said)[speaks.end() :] if speaks else ""
    return bool(speaks) and holds(ctx.words.team_stops, rest) and not DENIED.search(rest)


def sentence_of(text: str, claim: FoundClaim) -> str:
    """Return the sentences of a message that a claim stands in."""
    breaks = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    start = max(place for place in breaks if place <= max(0, claim.start))
    end = min((place for place in breaks if place >= claim.end), default=len(text))
    return text[start:end]


def _is_newer(ctx: Context, claim: FoundClaim) -> bool:
    said = sentence_of(ctx.reading.text, claim)
    return not ctx.reading.is_pasted and _is_on_transplant(ctx, said) and _is_of_team(ctx, said)


def _is_of_team(ctx: Context, said: str) -> bool:
    """Return whether the own team says a sentence; one that names a clinic and no team is the clinic's."""
    if _team_says(ctx.words, said):
        return True
    speaker = ctx.reading.label("speaker", ctx.thresholds.speaker_sure)
    is_published = speaker in (OWN_DOCTOR, ORGANISATION) or holds(ctx.words.organisations, said)
    return is_published and speaker != CLINIC and not holds(ctx.words.clinics, said)


def _is_on_transplant(ctx: Context, said: str) -> bool:
    cells = ctx.reading.label("cells", ctx.thresholds.cells_sure)
    return cells == TRANSPLANT_CELLS or (cells != OTHER_CELLS and holds(ctx.words.transplant, said))


def _team_says(words: Words, said: str) -> re.Match[str] | None:
    return _speaking(words.own_team_owners, words.own_team, words.own_team_named, words.says).search(plain(said))


@lru_cache(maxsize=2)
def _speaking(owners: Phrases, teams: Phrases, named: Phrases, verbs: Phrases) -> re.Pattern[str]:
    owned = rf"(?:{alternatives(owners)}) (?:\w+ )?(?:{alternatives(teams)})"
    gap = rf"(?: [\w',]+){{0,{MAX_GAP_WORDS}}}?"
    return re.compile(rf"\b(?:{owned}|{alternatives(named)})\b{gap} (?:{alternatives(verbs)})\b")
