"""Lines that a mail program, a PDF or a narrow column broke, joined again; headings, lists and messages keep their lines."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from stemcheck.text_form.chat_export import STAMP
from stemcheck.text_form.mapped_text import Edit, MappedText

MAX_WRAP_CHARS = 110  # a text with a longer line was not wrapped, but may still have single lines broken
MIN_WRAP_CHARS = 34  # narrower than this a line that is full cannot be told from a short one
OWN_LINE = re.compile(r"\s*(?:[-–—•*·>»✓✔✅❌►▪◦|#+=☐□]|\(?(?:\d{1,3}|[a-zA-Z])[.)](?:\s|$)|Q\s?:|A\s?:)")
CLOSED = re.compile(r"[.!?:;…|][\"'”’)\]]{0,3}$")
FIRST_WORD = re.compile(r"\S+")
SMALL_LETTER = re.compile(r"[\"'“‘(]?[a-z]")
# a line that ends in one of these goes on
UNFINISHED = re.compile(
    r"(?:,|\b(?:a|an|the|of|to|in|on|at|for|from|with|without|by|and|or|but|nor|that|which|who|is|are|was|were|be|been|has|have|had"
    r"|can|could|may|might|will|would|should|do|does|did|not|no|my|your|his|her|its|our|their|this|these|those|than|as|if|whether"
    r"|because|into|about|between|through|multiple|stem))$",
    re.IGNORECASE,
)
# what keeps its hyphen when a line is broken behind it
HYPHENATED = re.compile(
    r"(?:stem|self|non|anti|long|short|side|follow|well|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|high|low"
    r"|full|part|relapsing|re|pre|post|co|double|placebo|cross|world|half|evidence|patient|blood|bone|mid|all|much|so|up|start|now|early|late|first|second|third)",
    re.IGNORECASE,
)
LAST_WORD = re.compile(r"([A-Za-z]+)-$")


def join_lines(form: MappedText) -> MappedText:
    """Return the text with the lines joined that belong to one sentence."""
    if "\n" not in form.text:
        return form
    lines = form.text.split("\n")
    return form.replace(_joined(lines, _wrap_width(lines)))


def _wrap_width(lines: Sequence[str]) -> int:
    """Return how wide the lines were made, or 0 where nothing was."""
    longest = max(map(len, lines))
    return longest if MIN_WRAP_CHARS <= longest <= MAX_WRAP_CHARS else 0


def _joined(lines: Sequence[str], width: int) -> Iterator[Edit]:
    place, runs_on = 0, False
    for line, following in pairwise(lines):
        place += len(line)
        if _goes_on(line, following, width, runs_on):
            runs_on = True
            cut = LAST_WORD.search(line) if SMALL_LETTER.match(following) else None
            is_one_word = bool(cut) and not HYPHENATED.fullmatch(cut[1])  # type: ignore[index]
            yield Edit(place - is_one_word, place + 1, "" if cut else " ")
        else:
            runs_on = False
        place += 1


def _goes_on(line: str, following: str, width: int, runs_on: bool) -> bool:
    """Return whether a line goes on in the next. `runs_on`: whether it is itself the end of a longer one."""
    if not line or not following or OWN_LINE.match(following) or STAMP.match(following):
        return False
    if LAST_WORD.search(line) and SMALL_LETTER.match(following):
        return True
    first = FIRST_WORD.search(following)
    is_full = bool(width) and len(line) + 1 + (len(first.group()) if first else 0) > width
    if SMALL_LETTER.match(following):
        # a list in small letters has lines of its own: "better balance", "less fatigue"
        begins_large = runs_on or not SMALL_LETTER.match(line) or bool(OWN_LINE.match(line))
        return is_full or (not CLOSED.search(line) and (begins_large or bool(UNFINISHED.search(line))))
    return is_full or (bool(UNFINISHED.search(line)) and not line.isupper() and len(line.split()) > 2)
