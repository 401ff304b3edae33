"""Situations that do something in a flow: yes, no, back, a person, erase. Which are which is in data/dialogue/acts.yml."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel

from stemcheck.content.reading import Reader

FILE = Path("dialogue") / "acts.yml"


class Acts(BaseModel):
    """The situations of each act."""

    affirm: tuple[str, ...]
    deny: tuple[str, ...]
    not_sure: tuple[str, ...]
    skip: tuple[str, ...]
    stop: tuple[str, ...]
    go_back: tuple[str, ...]
    start_again: tuple[str, ...]
    start_check: tuple[str, ...]
    where_were_we: tuple[str, ...]
    talk_to_person: tuple[str, ...]
    stored_data: tuple[str, ...]
    export: tuple[str, ...]
    erase: tuple[str, ...]
    shorter: tuple[str, ...]
    simpler: tuple[str, ...]
    more: tuple[str, ...]
    repeat: tuple[str, ...]
    why: tuple[str, ...]
    source: tuple[str, ...]
    correct_topic: tuple[str, ...]
    which_worst: tuple[str, ...]
    all_true: tuple[str, ...]
    paste: tuple[str, ...]
    denies_danger: tuple[str, ...]
    compare_two: tuple[str, ...]
    that_one: tuple[str, ...]
    back_to_earlier: tuple[str, ...]

    class Config:
        """Unknown acts are an error."""

        extra = "forbid"
        frozen = True


@lru_cache(maxsize=2)
def load_acts(data_folder: Path) -> Mapping[str, str]:
    """Return the act of each situation that has one. Raises ContentError or ValidationError when the file is wrong."""
    stored = Acts(**Reader(data_folder).read(data_folder / FILE)).dict()
    return {situation: act for act, situations in stored.items() for situation in situations}
