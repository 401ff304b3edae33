"""Red flags of a seller: found in what is said, and in nothing that warns of them."""

from pathlib import Path
from statistics import mean

import pytest
import yaml

from stemcheck.content.library import DATA_DIR, load_library
from stemcheck.content.reading import Reader
from stemcheck.content.red_flags.pieces import read_pieces
from stemcheck.content.red_flags.reading import find_refused_flags, read_red_flags
from stemcheck.content.red_flags.rule import find_red_flags
from tests.library import LIBRARY

ROWS = yaml.safe_load(Path(__file__).with_name("red-flags.yml").read_text("utf-8"))["rows"]
MIN_PRECISION, MIN_RECALL = 0.97, 0.95


def flags_of(text):
    return [found.flag.id for found in find_red_flags(LIBRARY.red_flags, text)]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:60] for row in ROWS])
def test_text_has_the_red_flags_that_a_careful_reader_names(row):
    assert flags_of(row["text"]) == row["flags"]


def test_precision_and_recall_over_all_rows():
    pairs = [(set(flags_of(row["text"])), set(row["flags"])) for row in ROWS]
    right = sum(len(found & wanted) for found, wanted in pairs)

    assert right / sum(len(found) for found, _ in pairs) >= MIN_PRECISION
    assert right / sum(len(wanted) for _, wanted in pairs) >= MIN_RECALL
    assert 0.4 <= mean(bool(row["flags"]) for row in ROWS) <= 0.6


@pytest.mark.parametrize("id", LIBRARY.red_flags)
def test_every_red_flag_has_rows_with_and_without_it(id):
    assert sum(id in row["flags"] for row in ROWS) >= 4


def test_places_fit_the_original_text():
    text = "😀 Dear Sam,\r\n\r\n• Please do not mention it to your\r\nneurologist. Warm regards"

    (found,) = find_red_flags(LIBRARY.red_flags, text)

    assert text[found.start : found.end] == found.text == "Please do not mention it to your\r\nneurologist."


def test_heading_governs_its_list_and_no_more():
    text = "Warning signs\n- cash only\n- no records\n\nOur clinic is open."

    assert [(piece.text, piece.heading) for piece in read_pieces(text)] == [
        ("Warning signs", ""),
        ("cash only", "Warning signs"),
        ("no records", "Warning signs"),
        ("Our clinic is open.", ""),
    ]


@pytest.mark.parametrize("text", ["", "   \n\n", "....", "!?" * 4000, "- " * 4000, "a" * 8000, "\n" * 8000, ":" * 8000])
def test_strange_text_has_none(text):
    assert flags_of(text) == []


def test_unknown_guidance_is_named_with_file_and_remedy(tmp_path):
    flag = _copy(tmp_path) / "red-flags" / "pay-first.yml"
    flag.write_text(flag.read_text("utf-8").replace("[term-consent-information", "[no-such-page"), "utf-8")

    with pytest.raises(Exception, match=r'pay-first: guidance: "no-such-page" is not in data/guidance'):
        load_library(tmp_path / "data")


def test_red_flag_without_guidance_is_refused(tmp_path):
    reader = _reader_of(tmp_path, "id: x\nlabel: X\nwhy: Because.\nguidance: []\nquestion: risks\npatterns: [x]\n")

    assert not read_red_flags(reader)
    assert "guidance" in str(reader.problems[0])


def test_file_is_named_as_its_id(tmp_path):
    reader = _reader_of(tmp_path, "id: y\nlabel: X\nwhy: Because.\nguidance: [g]\nquestion: risks\npatterns: [x]\n")

    read_red_flags(reader)

    assert "data/red-flags/x.yml: y: the id differs from the file's name" in str(reader.problems[0])


def test_pattern_without_an_end_is_told(tmp_path):
    words = "id: x\nlabel: X\nwhy: Because.\nguidance: [g]\nquestion: risks\npatterns: ['a (b )*c']\n"
    (problem,) = find_refused_flags(read_red_flags(_reader_of(tmp_path, words)))

    assert str(problem).startswith("data/red-flags/x.yml: x: the pattern")


def _copy(folder):
    import shutil

    left_out = shutil.ignore_patterns("examples", "training", "texts")
    return Path(shutil.copytree(DATA_DIR, folder / "data", ignore=left_out))


def _reader_of(folder, content):
    for name in ("red-flags", "lexicon"):
        (folder / "data" / name).mkdir(parents=True)
    (folder / "data" / "red-flags" / "x.yml").write_text(content, "utf-8")
    (folder / "data" / "lexicon" / "warning-voice.yml").write_text("sentences: []\nheadings: []\n", "utf-8")
    return Reader(folder / "data")
