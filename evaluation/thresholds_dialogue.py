"""Fit data/dialogue/thresholds.yml: `python -m evaluation.thresholds_dialogue`; takes two or three minutes.

Read are held-out messages that are in no set of evaluation/sets, and held-out sentences that claim something. Goals: no alarm of
degree "now" is missed, with the fewest false cards; at most one confident reply in twenty is on a wrong subject; at most one message in
ten is asked back; at most one verdict in fifty messages that claim nothing.
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from evaluation.held_out import HeldMessage, held_out_messages, held_out_passages, id_of
from evaluation.message_scores import score_messages, score_safety
from evaluation.planned import Planner, read_all
from evaluation.threshold_search import Search
from stemcheck.content.library import Library, load_library
from stemcheck.dialogue.context import FILE, Thresholds, load_thresholds
from stemcheck.nlu.message_parser import load_reader
from stemcheck.settings import load_settings

NUMBER = re.compile(r"^(?P<name>[a-z_]+):(?P<gap>\s*)(?P<value>[0-9.]+)", re.MULTILINE)


def main() -> None:
    """Read, search, write, and print what the thresholds do to the messages they were chosen on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="print, and write nothing")
    settings = load_settings()
    library = load_library(settings.data_folder)
    planner = Planner(library, settings)
    heard = read_all(load_reader(), [*held_out_messages(library, for_thresholds=True), *claiming_sentences(library)])
    before = load_thresholds(settings.data_folder)
    found = Search(planner, heard).run(before)
    if not parser.parse_args().dry_run:
        write_thresholds(found, settings.data_folder / FILE)
    spoken = [one for one in heard if one.message.id.startswith("message")]
    about_alarms = [one for one in spoken if not one.message.is_calm or not one.message.situations]
    figures = {
        name: {
            "messages": score_messages(planner.plan(spoken, thresholds), library),
            "safety": score_safety(planner.plan(about_alarms, thresholds), library),
        }
        for name, thresholds in (("before", before), ("after", found))
    }
    json.dump({"thresholds": found.dict(), "on what they were chosen on": figures}, sys.stdout, indent=1)


def claiming_sentences(library: Library) -> list[HeldMessage]:
    """Return held-out sentences that claim something, as if somebody sent them: the gate is not to take their claims."""
    _, sentences = held_out_passages(load_settings().data_folder, for_thresholds=True)
    return [
        HeldMessage(
            id_of("sentence", one.text), one.text, claims=tuple((claim.type, claim.mode) for claim in one.claims)
        )
        for one in sentences
        if one.claims
    ]


def write_thresholds(found: Thresholds, path: Path) -> None:
    """Write the values into the file; its comments stay."""
    path.write_text(with_values(path.read_text(encoding="utf-8"), found.dict()), encoding="utf-8")


def with_values(text: str, values: Mapping[str, float]) -> str:
    """Return the YAML text with these values, and all else as it was. Raises KeyError for a value that is not in the text."""
    missing = set(values) - {match["name"] for match in NUMBER.finditer(text)}
    if missing:
        raise KeyError(
            f"{FILE}: no line for {', '.join(sorted(missing))}. Add it, with a comment that says what it means."
        )

    def put(match: re.Match[str]) -> str:
        if match["name"] not in values:
            return match.group()
        return f"{match['name']}:{match['gap']}{round(values[match['name']], 3):g}"

    return NUMBER.sub(put, text)


if __name__ == "__main__":
    main()
