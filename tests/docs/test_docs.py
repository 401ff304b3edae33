"""Docs, commands and code say the same."""

import re
from pathlib import Path

import pytest

from stemcheck.cli.main import CommandFiles
from stemcheck.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
WALK = (ROOT / "docs" / "a-message-through-the-code.md").read_text()
FILE = re.compile(r"`((?:stemcheck|actions|data|setup|tests|docs)/[\w./-]+\.\w+)`")
TARGET = re.compile(r"`make ([a-z-]+(?: [a-z-]+)*)`")


@pytest.mark.parametrize("name", sorted(set(FILE.findall(WALK))))
def test_each_file_of_the_walk_through_the_code_is_there(name):
    assert (ROOT / name).is_file(), f"docs/a-message-through-the-code.md names {name}, which is not there"


def test_the_walk_names_every_file_that_a_message_passes():
    passed = ["web", "nlu", "claims"]
    here = {
        path.relative_to(ROOT).as_posix()
        for part in passed
        for path in (ROOT / "stemcheck" / part).glob("*.py")
        if path.stem not in ("__init__", "about_api", "check_api", "claims_page", "metrics", "nearest", "english")
    }

    missing = here - set(FILE.findall(WALK))

    assert not missing, f"docs/a-message-through-the-code.md does not speak of {sorted(missing)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_a_page_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text())

    broken = [link for link in links if not (page.parent / link).exists()]

    assert not broken, f"{page.name}: {broken}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_of_a_page_exist(page):
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    named = {target for words in TARGET.findall(page.read_text()) for target in words.split()}

    assert named <= known, f"{page.name} names {sorted(named - known)}"


def test_every_setting_is_explained_for_operators():
    text = (ROOT / "docs" / "operations.md").read_text()

    for name, field in Settings.__fields__.items():
        row = re.search(rf"^\| `STEMCHECK_{name.upper()}` \|[^|]*\| (.*) \|$", text, re.MULTILINE)
        assert row, f"docs/operations.md lacks STEMCHECK_{name.upper()}"
        assert row[1] == field.field_info.description


def test_every_command_is_spoken_of_somewhere():
    text = "\n".join(page.read_text() for page in PAGES) + (ROOT / "Makefile").read_text()

    for command in CommandFiles(name="stemcheck").list_commands(None):
        assert f"stemcheck {command}" in text, f"no page speaks of `stemcheck {command}`"


def test_newest_heading_of_the_changelog_is_the_version():
    version = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]

    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)[1]

    assert newest == version
