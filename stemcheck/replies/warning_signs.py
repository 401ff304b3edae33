"""The red flags of a text as a report shows them: the words, why they are a sign to stop at, and who says so."""

from typing import Any

from stemcheck.content.library import Library
from stemcheck.content.red_flags.rule import FoundRedFlag, find_red_flags
from stemcheck.replies.citations import GUIDANCE, describe_guidance


def describe_red_flags(library: Library, text: str) -> list[dict[str, Any]]:
    """Return the red flags of a text in order of appearance; `start` and `end` are places in it, in code points."""
    return [_describe(library, found) for found in find_red_flags(library.red_flags, text)]


def warning_line(sign: dict[str, Any]) -> str:
    """Return a red flag as one paragraph of plain text."""
    return f"{sign['label']}: “{' '.join(sign['text'].split())}” {sign['why']}"


def guidance_markers(signs: list[dict[str, Any]]) -> list[str]:
    """Return the statements of guidance behind red flags as markers, each once."""
    return list(dict.fromkeys(f"{GUIDANCE}{name}" for sign in signs for name in sign["guidance"]))


def _describe(library: Library, found: FoundRedFlag) -> dict[str, Any]:
    flag = found.flag
    return {
        "id": flag.id,
        "label": flag.label,
        "why": flag.why,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "guidance": list(flag.guidance),
        "question": flag.question,
        "source": describe_guidance(library.guidance[flag.guidance[0]]),
    }
