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
    rasa_tests,
)
from stemcheck.content.correction_leaks import find_leaks
from stemcheck.content.correction_rows import Correction, intent_examples
from stemcheck.content.inspection import inspect_content


class ApplyError(ValueError):
    """The corrections cannot be written; the message says why, and nothing was changed."""


def apply_corrections(root: Path, corrections: Sequence[Correction]) -> list[str]:
    """Write corrections into the files below `root` and return which ones changed. Raises ApplyError."""
    _refuse_unedited(corrections)
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
    """Return the new text of each file. Raises ApplyError when an intent or a claim type has no file."""
    files: dict[Path, str] = {}
    for intent, texts in intent_examples(corrections).items():
        path = _file_of_intent(root, intent, files)
        files[path] = _add_examples(files.get(path) or path.read_text(encoding="utf-8"), intent, texts)
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


def _file_of_intent(root: Path, intent: str, files: dict[Path, str]) -> Path:
    # an intent may stand in several files: the one nearest to data/nlu is its home
    for path in sorted((root / "data" / "nlu").rglob("*.yml"), key=lambda path: (len(path.parts), path)):
        text = files.get(path) or path.read_text(encoding="utf-8")
        if re.search(rf"^- intent: {re.escape(intent)}\s*$", text, re.MULTILINE):
            return path
    raise ApplyError(f'data/nlu: no file has the intent "{intent}". Choose another one in the correction.')


def _add_examples(text: str, intent: str, examples: list[str]) -> str:
    head = re.search(rf"^- intent: {re.escape(intent)}\s*\n(?:  .*\n|\n)*", text + "\n", re.MULTILINE)
    if head is None:
        raise ApplyError(f'The examples of "{intent}" cannot be found.')
    block = head.group().rstrip("\n") + "\n"
    known = set(map(str.strip, block.splitlines()))
    new = [example for example in dict.fromkeys(examples) if f"- {example}" not in known]
    added = "".join(f"    - {example}\n" for example in new)
    return text[: head.start()] + block + added + text[head.start() + len(block) :]


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


def _refuse_unedited(corrections: Sequence[Correction]) -> None:
    for item in corrections:
        if UNEDITED in item["content"]:
            raise ApplyError(
                f"Correction {item['id']} was collected by an older version and holds the visitor's unedited messages. "
                "Withdraw it, and collect it again from its conversation."
            )


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").rstrip("\n") + "\n" if path.exists() else ""


def _put_back(before: dict[Path, str | None]) -> None:
    for path, text in before.items():
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, encoding="utf-8")
