"""What a reviewer's correction says, as rows of our own files: examples, near twins, rows for testing, conversation tests."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Correction = Mapping[str, Any]  # `id`, `kind` and `content`, as stemcheck/storage/review_corrections.py gives them

# Of a longer text, each claim's own words are learnt: the rest of an advert says nothing about them.
MAX_EXAMPLE_CHARS = 400


def chosen(corrections: Iterable[Correction], *uses: str) -> list[Correction]:
    """Return the corrections for these uses."""
    return [item for item in corrections if item["kind"] in uses]


def is_claim(item: Correction) -> bool:
    """Return whether a correction is about claims."""
    return bool(item["content"].get("claims")) or bool(item["content"].get("twin_of"))


def learned_texts(item: Correction) -> list[str]:
    """Return the texts that the assistant learns from a correction, each on one line."""
    content = item["content"]
    if item["kind"] not in ("training", "twin"):
        return []
    is_long = len(content["text"]) > MAX_EXAMPLE_CHARS and bool(content.get("claims"))
    return [_words(content, claim) for claim in content["claims"]] if is_long else [one_line(content["text"])]


def tested_texts(item: Correction) -> list[str]:
    """Return the texts whose score would mean nothing if they were learnt from."""
    return [one_line(item["content"]["text"])] if item["kind"] == "evaluation" else []


def claim_rows(corrections: Iterable[Correction]) -> dict[str, list[tuple[int, str, dict[str, Any]]]]:
    """Return (correction's number, "claims" or "twins", row) for each claim type's file of examples."""
    found: dict[str, list[tuple[int, str, dict[str, Any]]]] = {}
    for item in chosen(corrections, "training", "twin"):
        if item["kind"] == "twin":
            row = {"text": one_line(item["content"]["text"]), "why": item["content"]["why"]}
            found.setdefault(item["content"]["twin_of"], []).append((item["id"], "twins", row))
        elif is_claim(item):
            for type, row in _examples(item):
                found.setdefault(type, []).append((item["id"], "claims", row))
    return found


def situation_messages(corrections: Iterable[Correction]) -> dict[str, list[str]]:
    """Return the messages to learn, by the situation's id."""
    found: dict[str, list[str]] = {}
    for item in chosen(corrections, "training"):
        if not is_claim(item):
            found.setdefault(item["content"]["situation"], []).extend(learned_texts(item))
    return found


def evaluation_row(item: Correction) -> dict[str, Any]:
    """Return a row of a set of claims or of questions, as evaluation/rows.py reads them."""
    content = item["content"]
    row: dict[str, Any] = {"id": f"reviewed-{item['id']}", "text": content["text"]}
    if is_claim(item):
        claims = [{"type": claim["type"], "mode": claim["mode"]} for claim in content["claims"]]
        return {**row, "claims": claims, "flagged": bool(content.get("flagged"))}
    return {**row, "expect": _expected_kind(content)}


def expected_reply(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the last reply of a conversation test must hold, as tests/conversations/expectations.py describes it."""
    if content.get("claims"):
        types = [claim["type"] for claim in content["claims"]]
        return {"open": True, "types": types, "flagged": bool(content.get("flagged"))}
    return {"open": True, **({"flagged": False} if content.get("twin_of") else _expected_kind(content))}


def json_lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def one_line(text: str) -> str:
    """Return a text without line breaks, as an example of Rasa's is one line."""
    return " ".join(text.split())


def _examples(item: Correction) -> list[tuple[str, dict[str, Any]]]:
    """Return (claim type, row) of each example: one that names all claims of a short text, or one for each claim of a long text."""
    content = item["content"]
    first, *others = content["claims"]
    if len(content["text"]) > MAX_EXAMPLE_CHARS:
        return [
            (claim["type"], {"text": text, "mode": claim["mode"]})
            for claim, text in zip(content["claims"], learned_texts(item), strict=True)
        ]
    row: dict[str, Any] = {"text": one_line(content["text"]), "mode": first["mode"]}
    if others:
        row["also"] = [claim["type"] for claim in others]
    if modes := {claim["type"]: claim["mode"] for claim in others if claim["mode"] != first["mode"]}:
        row["modes"] = modes
    return [(first["type"], row)]


def _words(content: Mapping[str, Any], claim: Mapping[str, Any]) -> str:
    return one_line(content["text"][claim["start"] : claim["end"]])


def _expected_kind(content: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": content["reply_kind"], **({"facts": content["facts"]} if content.get("facts") else {})}
