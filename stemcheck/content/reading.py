"""YAML files of data/ read into models, with every problem noted instead of raised."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from stemcheck.content.problems import Problem
from stemcheck.content.schema import Content

# Rasa reads every YAML file under data/ and takes one with such a key for its own.
RASA_KEYS = frozenset(
    [
        "nlu",
        "rules",
        "stories",
        "responses",
        "intents",
        "entities",
        "slots",
        "actions",
        "forms",
        "e2e_actions",
        "session_config",
    ]
)


class StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader, except that a key given twice is an error."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """Return a mapping, unless it would silently lose a key."""
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            keys = [key.value for key, _ in node.value]
            twice = next(key for key in keys if keys.count(key) > 1)
            problem = f"the key {twice!r} is given twice"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
        return mapping


def parse(content: bytes) -> Any:
    """Return what a file of YAML holds. Raises yaml.YAMLError."""
    return yaml.load(content, Loader=StrictLoader)  # noqa: S506 (it is the safe loader)


@dataclass
class Reader:
    """Reads content below one folder; remembers the problems, and which file holds which id."""

    data_dir: Path
    problems: list[Problem] = field(default_factory=list)
    files: dict[tuple[str, str], str] = field(default_factory=dict)

    def note(self, path: Path, id: str, message: str, remedy: str) -> None:
        """Remember a problem."""
        self.problems.append(Problem(self.name(path), id, message, remedy))

    def name(self, path: Path) -> str:
        """Return a file's name as an editor knows it: data/facts/ahsct.yml."""
        return f"{self.data_dir.name}/{path.relative_to(self.data_dir).as_posix()}"

    def read(self, path: Path) -> dict[str, Any]:
        """Return the top-level mapping of a file; an empty one if it can't be read."""
        try:
            content = parse(path.read_bytes())
        except FileNotFoundError:
            self.note(path, "", "the file is missing", "Put it back")
            return {}
        except yaml.YAMLError as error:
            self.note(path, "", f"this is no valid YAML: {' '.join(str(error).split())}", "Correct it")
            return {}
        if not isinstance(content, dict):
            self.note(path, "", "the file holds no mapping", "Begin it as the files beside it begin")
            return {}
        for key in sorted(RASA_KEYS & content.keys()):
            self.note(path, "", f"Rasa would read the key {key!r} as its own", "Rename the key")
        return content

    def read_list(self, path: Path, key: str, model: type[Content]) -> dict[str, Any]:
        """Return the items of a file's list, by id."""
        content = self.read(path)
        items = self.find_list(path, content, key) if content else []
        models = [self.build(path, item, key, model) for item in items]
        return {built.id: built for built in models if built is not None}

    def find_list(self, path: Path, content: dict[str, Any], key: str, *others: str) -> list[Any]:
        """Return the list under a key; `others` are the keys that may stand beside it."""
        for unknown in sorted(content.keys() - {key, *others}):
            self.note(path, "", f"the key {unknown!r} is unknown", f"Put the items under {key!r}")
        if not isinstance(content.get(key), list):
            self.note(path, "", f"the list {key!r} is missing", f"Put the items under {key!r}")
            return []
        return list(content[key])

    def build(self, path: Path, item: Any, kind: str, model: type[Content], **extra: Any) -> Any:
        """Return the model of one item, or None with the reasons noted."""
        if not isinstance(item, dict):
            self.note(path, "", f"an item of {kind!r} is no mapping: {item!r}", "Give it an id and its keys")
            return None
        id = str(item.get("id", ""))
        self.remember(path, kind, id)
        try:
            return model(**{**item, **extra})
        except ValidationError as error:
            for fault in error.errors():
                self.note(path, id, *explain(fault, model))
            return None

    def build_row(self, path: Path, item: Any, model: type[Content]) -> Any:
        """Return the model of a row that has no id, or None with the reasons noted beside its first words."""
        words = str(item.get("text", ""))[:50] if isinstance(item, dict) else str(item)[:50]
        try:
            return model(**item)
        except (ValidationError, TypeError) as error:
            for fault in error.errors() if isinstance(error, ValidationError) else ():
                self.note(path, words, *explain(fault, model))
            if not isinstance(error, ValidationError):
                self.note(path, words, "the row is no mapping", "Give it a text and its labels")
            return None

    def remember(self, path: Path, kind: str, id: str) -> None:
        """Remember where an id stands, also that of an item which can't be built."""
        if (kind, id) in self.files:
            first = self.files[kind, id]
            self.note(path, id, f"this id is used twice among the {kind} (first in {first})", "Rename one")
        self.files.setdefault((kind, id), self.name(path))


def explain(fault: Any, model: type[Content]) -> tuple[str, str]:
    """Return what pydantic found wrong, and the remedy, in an editor's words."""
    key = ".".join(str(part) for part in fault["loc"] if part != "__root__")
    if fault["type"] == "value_error.extra":
        return f"the key {key!r} is unknown", f"Known keys are {', '.join(model.__fields__)}"
    if fault["type"] == "value_error.missing":
        return f"the key {key!r} is missing", "Add it"
    return f"{key}: {fault['msg']}" if key else fault["msg"], "Correct it"
