"""Write corrections into a working copy: all of them, or none when the content would then be wrong."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from stemcheck.content.correction_files import (
    TESTS,
    UNEDITED,
    claim_ideas,
    evaluation_sets,
    message_lines,
    rasa_tests,
)
from stemcheck.content.correction_leaks import find_leaks
from stemcheck.content.correction_rows import Correction, is_claim, situation_messages
from stemcheck.content.inspection import inspect_content
from stemcheck.content.situation_schema import SituationId

# the items of the list "messages", whose indent says how a further one begins
MESSAGES = re.compile(
    r"^messages:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*(?P<indent> *)- .*\n(?:(?:(?P=indent)(?:-| )| *#).*\n)*",
    re.MULTILINE,
)
AGAIN = "Withdraw it, and collect it again from its conversation."


class ApplyError(ValueError):
    """The corrections cannot be written; the message says why, and nothing was changed."""


def apply_corrections(root: Path, corrections: Sequence[Correction]) -> list[str]:
    """Write corrections into the files below `root` and return which ones changed. Raises ApplyError."""
    _refuse_outdated(corrections)
    if leaks := list(find_leaks(root, corrections)):
        raise ApplyError("; ".join(leaks[:5]))
    changed = plan(root, corrections)
    before = {path: path.read_text(encoding="utf-8") if path.exists() else None for path in changed}
    faults = set(map(str, inspect_content(root / "data")))
    try:
        for path, text in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        _read_as_training_does(changed)
        new = [str(problem) for problem in inspect_content(root / "data") if str(problem) not in faults]
        if new:
            raise ApplyError("The content would be wrong then: " + "; ".join(new[:5]))
    except BaseException:
        _put_back(before)
        raise
    return [str(path.relative_to(root)) for path in changed]


def plan(root: Path, corrections: Sequence[Correction]) -> dict[Path, str]:
    """Return the new text of each file. Raises ApplyError when a situation or a claim type has no file."""
    files: dict[Path, str] = {}
    for situation, texts in situation_messages(corrections).items():
        path = root / "data" / "situations" / f"{situation}.yml"
        if not re.fullmatch(SituationId.regex, situation) or not path.exists():
            raise ApplyError(f"data/situations/{situation}.yml: there is no such file. Choose another situation.")
        files[path] = add_messages(path.read_text(encoding="utf-8"), situation, texts)
    for type, ideas in claim_ideas(corrections).items():
        path = root / "data" / "claims" / "examples" / f"{type}.yml"
        if not re.fullmatch(r"[a-z0-9-]+", type) or not path.exists():
            raise ApplyError(f"data/claims/examples/{type}.yml: there is no such file. Choose another claim type.")
        files[path] = path.read_text(encoding="utf-8").rstrip("\n") + "\n" + ideas
    files.update(_appended(root, corrections))
    return files


def _appended(root: Path, corrections: Sequence[Correction]) -> dict[Path, str]:
    found = {root / name: _read(root / name) + text for name, text in evaluation_sets(corrections).items() if text}
    tests = rasa_tests(corrections)
    if tests:
        known = _read(root / TESTS)
        # the head of the file stands there already
        found[root / TESTS] = known + (tests.partition("stories:\n")[2] if known else tests)
    return found


def add_messages(text: str, situation: str, messages: Sequence[str]) -> str:
    """Return the text of a situation's file with more at the end of its `messages`; every other line stays as it is.

    Raises ApplyError when the file has no list of messages.
    """
    block = MESSAGES.search(text)
    if block is None:
        raise ApplyError(
            f"data/situations/{situation}.yml: the file has no list of messages. Write one, and apply again."
        )
    stored = yaml.load(block.group(), yaml.CSafeLoader)["messages"]
    known = {item if isinstance(item, str) else item["text"] for item in stored}
    added = message_lines((message for message in messages if message not in known), block["indent"])
    return text[: block.end()] + added + text[block.end() :]


def _read_as_training_does(changed: Mapping[Path, str]) -> None:
    """Read each YAML file that was written. Raises ApplyError that names it."""
    for path in (path for path in changed if path.suffix == ".yml"):
        try:
            yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        except yaml.YAMLError as problem:
            reason = " ".join(str(problem).split())
            raise ApplyError(
                f"{path.name} could not be read any more ({reason}). Correct the text that was added last."
            ) from None


def _refuse_outdated(corrections: Sequence[Correction]) -> None:
    for item in corrections:
        if UNEDITED in item["content"]:
            raise ApplyError(
                f"Correction {item['id']} was collected by an older version and holds the visitor's unedited messages. "
                f"{AGAIN}"
            )
        if item["kind"] == "training" and not is_claim(item) and "situation" not in item["content"]:
            raise ApplyError(
                f"Correction {item['id']} was collected by an older version and names an intent, which is no situation. {AGAIN}"
            )


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").rstrip("\n") + "\n" if path.exists() else ""


def _put_back(before: dict[Path, str | None]) -> None:
    for path, text in before.items():
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, encoding="utf-8")
