"""What is told about a file."""

from typing import get_args

import pytest

from stemcheck.documents.document import Document, Reason, Remark
from stemcheck.replies.document_words import explain_failure, explain_link_failure, notes_on
from tests.turns import LIBRARY


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_words(reason):
    assert explain_failure(LIBRARY, reason).endswith((".", "?"))


@pytest.mark.parametrize("reason", ["off", "refused", "failed"])
def test_every_link_that_is_not_read_is_explained_with_what_to_do(reason):
    assert "copy" in explain_link_failure(LIBRARY, reason, "https://clinic.invalid")


@pytest.mark.parametrize("remark", get_args(Remark))
def test_every_remark_has_words(remark):
    [note] = notes_on(LIBRARY, Document("pdf", "text", 500, 30, (remark,)))

    assert "{" not in note
    assert ("500" in note) == (remark == "pages")


def test_language_is_named_in_itself():
    [note] = notes_on(LIBRARY, Document("text", "Stammzellen"), "de")

    assert "Deutsch" in note


def test_same_file_gets_the_same_words():
    assert len({explain_failure(LIBRARY, "locked", b"a file") for _ in range(5)}) == 1
    assert len({explain_failure(LIBRARY, "locked", bytes([seed])) for seed in range(20)}) == 2
