"""`stemcheck check --html` for a folder: one page, tables, and a run that goes on where it was broken off."""

import csv
import json
import re
from pathlib import Path
from typing import ClassVar

import pytest
from typer.testing import CliRunner

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.cli import check as check_command
from stemcheck.cli.bulk.folder import list_files, name_targets
from stemcheck.cli.bulk.journal import Entry, Journal
from stemcheck.cli.main import app

pytestmark = pytest.mark.slow

RUNNER = CliRunner(mix_stderr=False)
CURE = re.compile("[Cc]ure")


class CureSpotter:
    """Takes every "cure" for a claim, and remembers which texts it read."""

    read: ClassVar[list[str]] = []

    def find_in_all(self, texts):
        self.read.extend(texts)
        return [[FoundClaim("cure", "asserted", *m.span(), m.group()) for m in CURE.finditer(text)] for text in texts]


@pytest.fixture(autouse=True)
def spotter(monkeypatch):
    monkeypatch.setattr(check_command, "load_spotter", CureSpotter)
    monkeypatch.setattr(check_command, "load_explaining_spotter", CureSpotter)
    monkeypatch.setattr(CureSpotter, "read", [])


@pytest.fixture
def folder(tmp_path):
    pages = tmp_path / "pages"
    (pages / "more").mkdir(parents=True)
    (pages / "a.txt").write_text("We cure MS. A cure for all.")
    (pages / "more" / "b.txt").write_text("Please do not tell your neurologist about it.")
    (pages / "c.md").write_text("The garden club meets on Tuesday.")
    return pages


def run(*arguments):
    return RUNNER.invoke(app, ["check", *map(str, arguments)])


def rows(path):
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def test_folder_becomes_a_page_and_tables(folder, tmp_path):
    result = run("--html", tmp_path / "out", folder)

    assert result.exit_code == 0, result.stderr
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "3 files" in page
    assert page.count('<section class="one"') == 3
    assert page.index("a.txt") < page.index("c.md") < page.index("b.txt")
    assert [(row["type"], row["start"], row["flagged"]) for row in rows(tmp_path / "out" / "claims.csv")] == [
        ("cure", "3", "yes"),
        ("cure", "14", "yes"),
    ]
    (sign,) = rows(tmp_path / "out" / "warning-signs.csv")
    assert (sign["id"], sign["file"].endswith("b.txt")) == ("keep-from-doctor", True)


def test_folder_alone_gets_its_report_in_itself_and_is_not_read_as_one_of_its_files(folder):
    for _ in range(2):
        assert run("--html", folder).exit_code == 0

    assert "3 files" in (folder / "stemcheck-report" / "index.html").read_text("utf-8")


def test_page_of_a_folder_may_have_a_name_with_its_tables_beside_it(folder, tmp_path):
    assert run("--html", tmp_path / "all.html", folder).exit_code == 0

    assert {path.name for path in tmp_path.glob("all*")} == {"all.html", "all.csv", "all-warning-signs.csv"}


def test_file_that_cannot_be_read_is_named_in_the_page_and_the_others_are_checked(folder, tmp_path):
    (folder / "bad.txt").write_bytes(b"\0\0")

    result = run("--html", tmp_path / "out", folder)

    assert result.exit_code == 1
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "Not read:" in page and page.count('<section class="one"') == 3


def test_links_of_the_list_lead_to_the_texts(folder, tmp_path):
    (folder / "aa.txt").write_bytes(b"\0\0")
    run("--html", tmp_path / "out", folder)

    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    links = dict(re.findall(r'<a href="#(text-\d+)">([^<]+)</a>', page))
    heads = dict(re.findall(r'<h2 id="(text-\d+)">([^<]+)</h2>', page))
    assert links == heads and len(links) == 3


def test_numbers_of_two_texts_lead_to_cards_of_their_own(folder, tmp_path):
    (folder / "d.txt").write_text("Another cure.")
    run("--html", tmp_path / "out", folder)

    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_run_that_was_broken_off_goes_on_where_it_stopped(folder, tmp_path, monkeypatch):
    def stop(self, texts):
        raise KeyboardInterrupt

    targets = name_targets(tmp_path / "out", folder)
    monkeypatch.setattr("stemcheck.cli.checking.files.AT_ONCE", 2)
    find = CureSpotter.find_in_all
    calls = []
    monkeypatch.setattr(
        CureSpotter,
        "find_in_all",
        lambda self, texts: calls.append(1) or (stop if len(calls) > 1 else find)(self, texts),
    )
    broken = run("--html", tmp_path / "out", folder)
    first = list(CureSpotter.read)
    monkeypatch.setattr(CureSpotter, "find_in_all", find)
    done = run("--html", tmp_path / "out", folder)

    assert broken.exit_code == 130 and "to go on" in broken.stderr
    assert done.exit_code == 0 and "2 of 3 files were checked before" in done.stderr
    assert len(first) == 2 and len(CureSpotter.read) == 3, "what was checked before is not checked again"
    assert "3 files" in targets.page.read_text("utf-8")
    assert not targets.journal.exists()


def test_file_that_changed_since_is_checked_again(tmp_path):
    journal = Journal(tmp_path / "unfinished.jsonl")
    journal.add(Entry("a.txt", "1-1", "old"))

    again = Journal(tmp_path / "unfinished.jsonl")

    assert again.has("a.txt", "1-1") and not again.has("a.txt", "1-2")
    again.add(Entry("a.txt", "1-2", "new", (FoundClaim("cure", "asserted", 0, 3, "new"),)))
    assert [entry.text for entry in again] == ["new"]
    assert next(iter(again)).claims[0].type == "cure"


def test_half_a_line_of_a_killed_run_is_no_harm(tmp_path):
    path = tmp_path / "unfinished.jsonl"
    Journal(path).add(Entry("a.txt", "1-1", "whole"))
    with path.open("ab") as file:
        file.write(b'{"name": "b.txt", "te\xc3')

    journal = Journal(path)
    journal.add(Entry("c.txt", "1-1", "after"))

    assert [entry.name for entry in Journal(path)] == ["a.txt", "c.txt"]


@pytest.mark.parametrize("start", ["=1+1 cure", "+cure", "-cure", "@cure", "\tcure"])
def test_no_cell_is_a_formula(folder, tmp_path, start, monkeypatch):
    (folder / "e.txt").write_text(f"{start};=cmd")

    def whole(self, texts):
        return [[FoundClaim("cure", "asserted", 0, len(text), text)] if "cmd" in text else [] for text in texts]

    monkeypatch.setattr(CureSpotter, "find_in_all", whole)

    run("--html", tmp_path / "out", folder)

    (row,) = rows(tmp_path / "out" / "claims.csv")
    assert not row["text"].startswith(("=", "+", "-", "@", "\t"))
    assert all(cell.startswith('"') for cell in (tmp_path / "out" / "claims.csv").read_text("utf-8-sig").split(",")[:3])


def test_hidden_files_parts_of_saved_pages_and_links_in_a_circle_are_left_out(folder):
    (folder / ".hidden.txt").write_text("x")
    (folder / "page_files").mkdir()
    (folder / "page_files" / "script.html").write_text("x")
    (folder / "styles.css").write_text("x")
    (folder / "more" / "circle").symlink_to(folder)

    assert [path.name for path in list_files(folder)] == ["a.txt", "c.md", "b.txt"]


def test_folder_is_read_for_other_outputs_too(folder):
    found = json.loads(run("--json", folder).stdout)

    assert [Path(item["id"]).name for item in found] == ["a.txt", "c.md", "b.txt"]


def test_empty_folder_gives_an_empty_page(tmp_path):
    (tmp_path / "none").mkdir()

    assert run("--html", tmp_path / "out", tmp_path / "none").exit_code == 0
    assert (tmp_path / "out" / "index.html").exists()


def test_a_folder_as_page_for_single_files_is_refused_in_words(folder, tmp_path):
    (tmp_path / "out").mkdir()

    result = run("--html", tmp_path / "out", folder / "a.txt")

    assert result.exit_code == 2
    assert "names a folder" in result.stderr
