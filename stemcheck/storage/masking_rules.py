"""What is masked, as an operator sets it in data/masking.yml: kinds, countries of telephone numbers, and patterns of their own."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import phonenumbers
import regex
import yaml
from pydantic import BaseModel, Extra, Field, ValidationError, root_validator, validator

from stemcheck.settings import ROOT, SettingsError, load_settings

SECONDS = 0.2  # of processor time, for one pattern in one text; a text that takes longer is hidden whole
LONG = 8000  # characters
HIDE = "hide"  # group of a pattern that is hidden alone, without the words around it


class MaskingError(SettingsError):
    """The file of masking rules cannot be used; the message names the file, the rule and the remedy."""


class OwnPattern(BaseModel):
    """A pattern of the operator, with texts that show what it is for."""

    name: str = Field(regex="^[a-z][a-z -]{0,19}$")
    pattern: str = Field(min_length=1, max_length=500)
    hides: tuple[str, ...]
    keeps: tuple[str, ...] = ()

    class Config:
        """Unknown keys are mistakes."""

        extra = Extra.forbid
        frozen = True

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return the places that it hides; the whole text when it cannot be searched in time."""
        try:
            found = list(_compile(self.pattern).finditer(text, timeout=SECONDS))
        except TimeoutError:
            return [(0, len(text))]
        group = HIDE if HIDE in _compile(self.pattern).groupindex else 0
        return [match.span(group) for match in found if match.end(group) > match.start(group)]

    @validator("pattern")
    def _can_be_read(cls, value: str) -> str:
        try:
            compiled = _compile(value)
        except regex.error as problem:
            raise ValueError(
                f"this is no regular expression ({problem}); put it in single quotes and mend it"
            ) from None
        if compiled.search(""):
            raise ValueError("it finds empty text, and so would hide nothing and everything; ask for a letter or digit")
        return value

    @validator("hides")
    def _is_shown(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("give at least one text in which it must hide something")
        return value

    @root_validator(skip_on_failure=True)
    def _does_what_it_says(cls, values: dict[str, Any]) -> dict[str, Any]:
        # not yet validated as a whole, so that `find` can be asked
        found = {text: cls.construct(**values).find(text) for text in (*values["hides"], *values["keeps"])}
        for text in values["hides"]:
            if not found[text]:
                raise ValueError(f"it hides nothing in “{text}”; change the pattern or the text")
        for text in values["keeps"]:
            if found[text]:
                raise ValueError(f"it hides something in “{text}”, which is to stay; make the pattern narrower")
        for text in (*values["hides"], "a ", "1", "aA1-"):
            long = (text * LONG)[:LONG] + "!"
            if cls.construct(**values).find(long) == [(0, len(long))]:
                raise ValueError("it takes too long on a long text; avoid repeats inside of repeats, as in (a+)+")
        return values


class MaskingRules(BaseModel):
    """Everything that is masked."""

    kinds: frozenset[Literal["e-mail", "phone", "number", "account"]] = frozenset(
        {"e-mail", "phone", "number", "account"}
    )
    phone_regions: tuple[str, ...] = ("GB", "US", "DE", "AU")
    patterns: tuple[OwnPattern, ...] = ()

    class Config:
        """Unknown keys are mistakes."""

        extra = Extra.forbid
        frozen = True

    @validator("phone_regions", each_item=True)
    def _is_known(cls, value: str) -> str:
        if value not in phonenumbers.SUPPORTED_REGIONS:
            raise ValueError(f"“{value}” is no country; write it as two capital letters, such as GB")
        return value

    @validator("patterns")
    def _have_names_of_their_own(cls, value: tuple[OwnPattern, ...]) -> tuple[OwnPattern, ...]:
        names = [pattern.name for pattern in value]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"“{min(twice)}” is the name of two patterns; give each one its own")
        return value


def read_masking_rules(path: Path) -> MaskingRules:
    """Return the rules of a file. Raises MaskingError that names everything wrong in it."""
    place = os.path.relpath(path, ROOT) if path.is_relative_to(ROOT) else str(path)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return MaskingRules.parse_obj(content)
    except OSError as problem:
        raise MaskingError(
            f"{place}: {problem.strerror}. Set STEMCHECK_MASKING_FILE to a file that is there."
        ) from None
    except yaml.YAMLError as problem:
        raise MaskingError(f"{place}: this is no YAML ({' '.join(str(problem).split())}). Mend that line.") from None
    except ValidationError as problem:
        lines = [f"{place}: {_where(error['loc'], content)}: {error['msg']}." for error in problem.errors()]
        raise MaskingError("\n".join(lines)) from None


@lru_cache(maxsize=1)
def load_masking_rules() -> MaskingRules:
    """Return the rules of this process. Raises MaskingError."""
    return read_masking_rules(load_settings().masking_file)


@lru_cache(maxsize=128)
def _compile(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(pattern, regex.IGNORECASE)


def _where(place: tuple[int | str, ...], content: Any) -> str:
    """Return the place of a mistake in words: `pattern 2 (trial number), pattern`."""
    if not isinstance(content, dict):
        return "the file"
    if place[0] != "patterns" or len(place) < 2:
        return str(place[0]) if place[0] != "__root__" else "the file"
    own = content["patterns"][place[1]]
    name = own.get("name", "without a name") if isinstance(own, dict) else "without a name"
    rest = [str(part) for part in place[2:] if part != "__root__"]
    return ", ".join([f"pattern {int(place[1]) + 1} ({name})", *rest])
