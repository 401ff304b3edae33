"""Write corrections into a working copy: all of them, or none when the content would then be wrong."""

import re
from collections.abc import Sequence
from pathlib import Path

from stemcheck.content.correction_files import (
    CLAIMS,
    QUESTIONS,
    TESTS,
    UNEDITED,
    Correction,
    chosen,
    claim_examples,
    claim_ideas,
    claim_type_of,
    evaluation_row,
    intent_examples,
    is_claim,
    json_lines,
    one_line,
    rasa_tests,
)
from stemcheck.content.inspection import inspect_content


class ApplyError(ValueError):
    """The corrections cannot be written; the message says why, and nothing was changed."""


def apply_corrections(root: Path, corrections: Sequence[Correction]) -> list[str]:
    """Write corrections into the files below `root` and return which ones changed. Raises ApplyError."""
    _refuse_leaks(corrections)
    _refuse_unedited(corrections)
    changed = plan(root, corrections)
    before = {path: path.read_text(encoding="utf-8") if path.exists() else None for path in changed}
    faults = set(map(str, inspect_content(root / "data")))
    try:
        for path, text in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
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
    for type in sorted({claim_type_of(item) for item in claim_examples(corrections)}):
        path = root / "data" / "claims" / "examples" / f"{type}.yml"
        if not re.fullmatch(r"[a-z0-9-]+", type) or not path.exists():
            raise ApplyError(f"data/claims/examples/{type}.yml: there is no such file. Choose another claim type.")
        found = [item for item in claim_examples(corrections) if claim_type_of(item) == type]
        files[path] = path.read_text(encoding="utf-8").rstrip("\n") + "\n" + claim_ideas(found)
    files.update(_appended(root, corrections))
    return files


def _appended(root: Path, corrections: Sequence[Correction]) -> dict[Path, str]:
    rows = chosen(corrections, "evaluation")
    texts = {
        QUESTIONS: json_lines(evaluation_row(item) for item in rows if not is_claim(item)),
        CLAIMS: json_lines(evaluation_row(item) for item in rows if is_claim(item)),
    }
    found = {root / name: _read(root / name) + text for name, text in texts.items() if text}
    tests = rasa_tests(chosen(corrections, "test"))
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


def _refuse_leaks(corrections: Sequence[Correction]) -> None:
    learned = {one_line(item["content"]["text"]).casefold() for item in chosen(corrections, "training", "twin")}
    for item in chosen(corrections, "evaluation"):
        if one_line(item["content"]["text"]).casefold() in learned:
            raise ApplyError(
                f"Correction {item['id']} is in the evaluation and in the training data: the score would mean nothing. "
                "Withdraw one of them."
            )


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
