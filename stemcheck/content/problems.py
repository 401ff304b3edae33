"""What is wrong with the content, said so that an editor can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault: the file and id it sits in, what is wrong, and what to do about it."""

    file: str
    id: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.id}" if self.id else self.file
        return f"{place}: {self.message}. {self.remedy}."


class ContentError(Exception):
    """Carries every problem found, so that the first one does not hide the rest."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
