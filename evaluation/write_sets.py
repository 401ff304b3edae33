"""Write the sets that are held out of data/: `python -m evaluation.write_sets`. Run it after content was added; commit the sets.

Rows are labelled by those who wrote the content, before any model read them. The other half of what is held out sets thresholds.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evaluation.held_out import HeldMessage, as_row, held_out_messages, held_out_passages, id_of
from evaluation.rows import SETS
from stemcheck.content.library import Library, load_library
from stemcheck.content.passages import Passage, PassageSentence
from stemcheck.settings import load_settings
from stemcheck.training.dataset import load_rows

ALARM_GROUP = "alarm/"
Rows = list[dict[str, Any]]


def main() -> None:
    """Write the four sets and say how many rows each has."""
    settings = load_settings()
    library = load_library(settings.data_folder)
    learned = {row.text for row in load_rows(settings.data_folder, library)}
    for name, rows in held_out_sets(library, settings.data_folder).items():
        fresh = without_learned(rows, learned)
        write_set(SETS / f"{name}.jsonl", fresh)
        print(
            f"{name}: {len(fresh)} rows, {len(rows) - len(fresh)} left out because they are learned from or twice there"
        )


def held_out_sets(library: Library, data_folder: Path) -> dict[str, Rows]:
    """Return the rows of each set. Raises ContentError."""
    passages, sentences = held_out_passages(data_folder, for_thresholds=False)
    messages = held_out_messages(library, for_thresholds=False)
    return {
        "real-adverts": [advert_row(one, library) for one in passages],
        "real-claims": [claim_row(one, library) for one in sentences],
        "messages": [as_row(one) for one in messages],
        "safety": [as_row(one) for one in messages if is_about_alarm(one, library)],
    }


def advert_row(passage: Passage, library: Library) -> dict[str, Any]:
    """Return a passage as a row: what is only asked in it is no claim of it."""
    said = list(dict.fromkeys(claim.type for claim in passage.claims if claim.mode != "asked"))
    return {
        "id": id_of("real-advert", passage.text),
        "text": passage.text,
        "types": said,
        "flagged": any(is_flagging(library, kind) for kind in said),
        "optional_types": list(passage.optional),
        "note": f"{passage.kind}, {passage.stance}",
    }


def claim_row(sentence: PassageSentence, library: Library) -> dict[str, Any]:
    """Return a sentence as a row."""
    claims = [{"type": claim.type, "mode": claim.mode} for claim in sentence.claims]
    said = [claim.type for claim in sentence.claims if claim.mode != "asked"]
    return {
        "id": id_of("real-claim", sentence.text),
        "text": sentence.text,
        "claims": claims,
        "flagged": any(is_flagging(library, kind) for kind in said),
        "optional_types": list(sentence.optional),
        "style": sentence.why or "claim",
    }


def is_flagging(library: Library, kind: str) -> bool:
    """Return whether a claim of this type flags the text that says it."""
    return bool(library.verdicts[library.claim_types[kind].verdict].flagged)


def is_about_alarm(message: HeldMessage, library: Library) -> bool:
    """Return whether a message was written for an alarm, as a case of it or as a near miss."""
    return not message.situations or any(name.startswith(ALARM_GROUP) for name in message.situations)


def without_learned(rows: Rows, learned: Iterable[str]) -> Rows:
    """Return the rows whose text is not learned from, each text once."""
    seen = set(learned)
    return [row for row in rows if not (row["text"] in seen or seen.add(row["text"]))]  # type: ignore[func-returns-value]


def write_set(path: Path, rows: Rows) -> None:
    """Write the rows, one a line, in order of their ids."""
    lines = [json.dumps(row, ensure_ascii=False) for row in sorted(rows, key=lambda row: row["id"])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
