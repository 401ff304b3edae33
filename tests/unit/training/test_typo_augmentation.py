"""Phone spelling for training: a slip in a word or a short form, and the rest of the text untouched."""

import numpy as np
import pytest

from stemcheck.content.library import DATA_DIR
from stemcheck.training.typo_augmentation import MisspellingError, misspell, read_spellings

TEXT = "The clinic promised that people with MS would walk without pain before summer came round again."


@pytest.fixture(scope="module")
def spellings():
    return read_spellings(DATA_DIR)


def variants(text, spellings, times=200):
    random = np.random.default_rng(3)
    return [misspell(text, spellings, random) for _ in range(times)]


def test_at_most_one_word_in_seven_is_touched(spellings):
    words = TEXT.split()
    for typed in variants(TEXT, spellings):
        changed = [new for old, new in zip(words, typed.split(), strict=False) if old != new]
        if len(typed.split()) == len(words):
            assert 1 <= len(changed) <= 2


def test_short_forms_of_phrases_are_used(spellings):
    assert any("stemcells" in typed for typed in variants("Do stem cells help?", spellings))


@pytest.mark.parametrize("text", ["", "ok", "MS?", "🙄", "no to it"])
def test_texts_without_a_word_that_can_slip_stay(text, spellings):
    assert all(typed == text or text == "no to it" for typed in variants(text, spellings, 20))


def test_the_same_seed_gives_the_same_text(spellings):
    assert variants(TEXT, spellings) == variants(TEXT, spellings)


def test_a_wrong_file_names_word_and_remedy(tmp_path):
    (tmp_path / "misspellings").mkdir()
    (tmp_path / "misspellings" / "phone.yml").write_text("before: b4\n")
    with pytest.raises(MisspellingError, match="before: must be a list"):
        read_spellings(tmp_path)
