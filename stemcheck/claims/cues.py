"""Find the cue words in a text: negation, hedging, wishing, asking, reporting, debunking."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from stemcheck.claims.phrases import PhraseFinder
from stemcheck.settings import load_settings

CueKind = Literal["negation", "debunking", "hedging", "wishing", "asking", "reporting", "affirming"]
AFFIRMING: CueKind = "affirming"
Side = Literal["before", "after"]


@dataclass(frozen=True)
class Cue:
    """A cue in a text; `side` says on which side of a claim it must stand to reach it."""

    kind: CueKind
    side: Side
    text: str
    start: int
    end: int


class CueError(ValueError):
    """A file of cues is wrong; the message names file, key and remedy."""


class CueMatcher:
    """Matches the phrases of data/cues, whatever their case. Affirming ones only take away others: "nothing short of a cure"."""

    def __init__(self, phrases: dict[tuple[CueKind, Side], list[str]]) -> None:
        self._finder = PhraseFinder({f"{kind}/{side}": words for (kind, side), words in phrases.items()})

    def find(self, text: str) -> list[Cue]:
        """Return the cues in order; of two that overlap the longer one."""
        cues = drop_overlaps([_cue(span) for span in self._finder.find(text)])
        affirming = [cue for cue in cues if cue.kind == AFFIRMING]
        return [cue for cue in cues if not any(_overlap(cue, other) for other in affirming)]


def _overlap(cue: Cue, other: Cue) -> bool:
    return cue.start < other.end and other.start < cue.end


def _cue(span: Any) -> Cue:
    kind, side = span.label_.split("/")
    return Cue(kind, side, span.text, span.start_char, span.end_char)


def drop_overlaps(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues without those that lie inside a longer one, in order of appearance."""
    kept: list[Cue] = []
    taken: defaultdict[CueKind, set[int]] = defaultdict(set)
    for cue in sorted(cues, key=lambda cue: (cue.start - cue.end, cue.start)):
        places = range(cue.start, cue.end)
        if taken[cue.kind].isdisjoint(places):
            taken[cue.kind].update(places)
            kept.append(cue)
    return sorted(kept, key=lambda cue: cue.start)


def read_cues(folder: Path) -> dict[tuple[CueKind, Side], list[str]]:
    """Return the phrases by kind and side. Raises CueError when a file has another shape."""
    phrases: dict[tuple[CueKind, Side], list[str]] = {}
    for kind in get_args(CueKind):
        path = folder / f"{kind}.yml"
        stored = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) if path.is_file() else {}
        if not isinstance(stored, dict) or stored.keys() != {"kind", "before", "after"} or stored["kind"] != kind:
            raise CueError(f"data/cues/{kind}.yml: keys must be kind ({kind}), before and after. Correct the file.")
        for side in get_args(Side):
            if not all(isinstance(phrase, str) and phrase.strip() for phrase in stored[side]):
                raise CueError(f"data/cues/{kind}.yml: {side}: every phrase must be a text. Put it in quotes.")
            phrases[kind, side] = stored[side]
    return phrases


@lru_cache(maxsize=1)
def load_cues() -> CueMatcher:
    """Return the one matcher of this process. Raises CueError when a file of cues is wrong."""
    return CueMatcher(read_cues(load_settings().data_folder / "cues"))
