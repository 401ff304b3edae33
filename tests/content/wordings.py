"""Every text of the content that a visitor may read, with a name for the test report."""

from collections.abc import Iterator

from stemcheck.content.library import Library
from stemcheck.content.situation_schema import without_markers

FIELDS = {
    "facts": ("statement", "more", "question"),
    "updates": ("text", "line", "advice"),
    "verdicts": ("meaning",),
    "claim_types": ("says", "reason", "asked", "reported"),
    "questions": ("question", "why", "good_answer"),
    "safety": ("title", "text", "action"),
    "contacts": ("text",),
    "silences": ("why",),
    "red_flags": ("why",),
    "replies": ("variants",),
    "terms": ("plain",),
    "situations": ("replies", "short"),
    "guidance": ("text",),
}


def list_wordings(library: Library) -> Iterator[tuple[str, str]]:
    """Yield ("facts/mesems/more", text) for each text."""
    for kind, fields in FIELDS.items():
        for id, item in getattr(library, kind).items():
            for field in fields:
                value = getattr(item, field)
                texts = (value,) if isinstance(value, str) else value or ()
                for number, text in enumerate(texts):
                    yield f"{kind}/{id}/{field}" + (f"-{number + 1}" if len(texts) > 1 else ""), without_markers(text)
