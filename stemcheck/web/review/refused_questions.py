"""What people ask that we cannot answer: the groups that the figures show, and all of them as CSV."""

import logging
from dataclasses import dataclass

from starlette.background import BackgroundTask

from stemcheck.storage.review_figures import count_refused_questions, refused_questions
from stemcheck.web.review.likeness import Group, group_by_words
from stemcheck.web.review.meaning import READ_AT_ONCE, QuestionVectors, group_by_meaning
from stemcheck.web.review.visit import Visit

logger = logging.getLogger(__name__)


MOST_GROUPED = 400  # questions, the newest; a page waits for their grouping


@dataclass(frozen=True)
class Refused:
    """Groups of questions, the largest first, and how many questions there are in all; older ones are in no group.

    `unread` were too many to read while somebody waits, so all are grouped by words for now.
    """

    groups: list[Group]
    total: int
    unread: int = 0
    by_meaning: bool = False


def find_refused(visit: Visit, first: str, last: str) -> tuple[Refused, BackgroundTask | None]:
    """Return the refused questions of some days in groups, and what is to be read when the page is sent.

    The database can't be asked again in this visit.
    """
    questions = refused_questions(visit.connection, first, last, limit=MOST_GROUPED)
    total = count_refused_questions(visit.connection, first, last)
    visit.let_go()  # the network may have to be loaded first, which takes seconds
    texts, vectors = [question["text"] for question in questions], visit.console.vectors
    unread = vectors.unread(texts)
    if len(unread) > READ_AT_ONCE:
        return Refused(group_by_words(questions), total, len(unread)), BackgroundTask(_read, vectors, texts)
    _read(vectors, texts)
    found = vectors.find(texts)
    if found is None:
        return Refused(group_by_words(questions), total), None
    return Refused(group_by_meaning(questions, found), total, by_meaning=True), None


def _read(vectors: QuestionVectors, texts: list[str]) -> None:
    try:
        vectors.read(texts)
    except RuntimeError as problem:
        # nothing is trained here: words have to do
        logger.info("Questions are grouped by words (%s).", type(problem).__name__)
