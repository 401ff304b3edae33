"""A part of a text in which claims are denied, or agreed with."""

from dataclasses import dataclass

from stemcheck.claims.found_claim import FoundClaim

SHARED = 0.5  # of a claim's characters, from which a stretch reaches it


@dataclass(frozen=True)
class Stretch:
    """A part of a text whose claims are denied, or a question answered with yes; `words` say by what."""

    start: int
    end: int
    words: str

    def reaches(self, claim: FoundClaim) -> bool:
        """Return whether most of a claim stands in it."""
        common = min(self.end, claim.end) - max(self.start, claim.start)
        return common >= SHARED * max(1, claim.end - claim.start)
