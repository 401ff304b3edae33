"""Docs, commands and code say the same."""

import re
from pathlib import Path

import pytest
import yaml

from stemcheck.cli.main import CommandFiles
from stemcheck.content.library import DATA_DIR
from stemcheck.content.situation_schema import Guidance, Situation
from stemcheck.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
WALK = read("docs/a-message-through-the-code.md")
GUIDE = read("docs/content-guide.md")
CONTRIBUTING = read("CONTRIBUTING.md")
PATH = re.compile(
    r"`((?:stemcheck|actions|data|setup|scripts|tests|docs|evaluation|models)/[\w./<>-]*|[\w-]+\.(?:yml|in))`"
)
TARGET = re.compile(r"`make ([a-z-]+(?: [a-z-]+)*)`")
RULE = re.compile(r"^(\d+)\. ", re.MULTILINE)
MAX_WALK_FILES = 12


def paths_of(text):
    return sorted(set(PATH.findall(text)))


def exists(path):
    """Return whether a path is there; "<id>" stands for any name."""
    return any(ROOT.glob(re.sub(r"<\w+>", "*", path.rstrip("/"))))


@pytest.mark.parametrize("path", paths_of(WALK))
def test_each_file_of_the_walk_through_the_code_is_there(path):
    assert (ROOT / path).exists(), f"docs/a-message-through-the-code.md names {path}, which is not there"


def test_the_walk_through_the_code_stays_a_story():
    files = [path for path in paths_of(WALK) if (ROOT / path).is_file()]

    assert 8 <= len(files) <= MAX_WALK_FILES, f"the walk names {len(files)} files"


@pytest.mark.parametrize("path", paths_of(CONTRIBUTING))
def test_each_place_to_touch_is_there(path):
    assert exists(path), f"CONTRIBUTING.md names {path}, which is not there"


@pytest.mark.parametrize("path", paths_of(GUIDE))
def test_each_place_of_the_content_guide_is_there(path):
    assert exists(path), f"docs/content-guide.md names {path}, which is not there"


def test_a_path_that_is_not_there_is_noticed():
    assert exists("data/situations/<group>/<id>.yml")
    assert not exists("data/situations/<group>/<id>.yaml")
    assert paths_of("see `data/nowhere/<id>.yml`, `domain.yml`") == ["data/nowhere/<id>.yml", "domain.yml"]


def examples_of(heading):
    section = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)]


def test_the_situation_of_the_content_guide_is_one():
    [example] = examples_of("A situation")

    situation = Situation(id="trials/travel-costs", **example)

    assert all((DATA_DIR / "situations" / f"{name}.yml").is_file() for name in situation.next)


def test_the_guidance_of_the_content_guide_is_some():
    [example] = examples_of("Guidance")

    assert Guidance(id="trials-travel-costs", **example).topic == "trials"


def test_the_content_guide_says_what_the_check_says():
    """Each message of its table is one that an editor can meet."""
    table = GUIDE.partition("## What the check says")[2]
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "stemcheck" / "content").glob("*.py"))
    said = [
        *("is not in data/situations", "names nothing that exists", "no test message", "this id is used twice"),
        *("no situation's reply states this fact", "names the other", "must hold exactly the placeholders"),
        *("has no end", "looks around within a repeat", "as its own", "messages to learn from", "but no reply states a fact"),
        "is one of",
    ]  # fmt: skip

    assert [words for words in said if words not in table or words not in code] == []


def test_labels_of_the_content_guide_are_those_that_a_message_may_have():
    for name in ("feeling", "speaker", "cells", "degree"):
        row = re.search(rf"^\| `{name}` \| (.*) \|$", GUIDE, re.MULTILINE)[1]
        known = set(Situation.__fields__["defaults"].type_.__fields__[name].type_.__args__)

        assert known <= set(re.findall(r"`([a-z-]+)`", row)), name


def test_all_rules_of_labelling_are_there_in_order():
    rules = read("docs/labelling.md").partition("## The rules")[2].partition("\n## ")[0]

    assert [int(number) for number in RULE.findall(rules)] == list(range(1, 24))


def test_claim_types_that_labelling_names_exist():
    types = {path.stem for path in (DATA_DIR / "claims").glob("*.yml")}
    text = read("docs/labelling.md").partition("## The rules")[2]

    named = {name for name in re.findall(r"`([a-z]+(?:-[a-z]+)*)`", text) if name in types or name.startswith("may-")}

    assert named == types


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_when_it_was_made_and_whether_it_stands(page):
    status = re.search(
        r"^\*(\d{4}-\d{2}-\d{2})\. (Accepted|Superseded)", page.read_text(encoding="utf-8"), re.MULTILINE
    )

    assert status, f"{page.name}: put a line such as *2026-11-30. Accepted.* below the title"


def test_every_decision_is_in_the_list():
    table = read("docs/decisions/README.md")

    assert [page.name for page in DECISIONS if f"]({page.name})" not in table] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_of_a_page_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))

    broken = [link for link in links if not (page.parent / link).exists()]

    assert not broken, f"{page.name}: {broken}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_into_a_page_find_their_heading(page):
    links = re.findall(r"\]\(((?!https?:|mailto:)[^)#]*)#([^)]+)\)", page.read_text(encoding="utf-8"))

    broken = [
        f"{name}#{heading}"
        for name, heading in links
        if heading not in headings_of(page.parent / name if name else page)
    ]

    assert not broken, f"{page.name}: {broken}"


def headings_of(page):
    """Return the anchors of a page's headings, as hosts of Markdown make them."""
    titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_make_targets_of_a_page_exist(page):
    known = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))

    named = {target for words in TARGET.findall(page.read_text(encoding="utf-8")) for target in words.split()}

    assert named <= known, f"{page.name} names {sorted(named - known)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_of_a_page_exist(page):
    known = set(CommandFiles(name="stemcheck").list_commands(None))

    named = set(re.findall(r"(?:`|^|bin/)stemcheck ([a-z][a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE))

    assert named <= known, f"{page.name} names {sorted(named - known)}"


def test_every_setting_is_explained_for_operators():
    text = read("docs/operations.md")

    for name, field in Settings.__fields__.items():
        row = re.search(rf"^\| `STEMCHECK_{name.upper()}` \|[^|]*\| (.*) \|$", text, re.MULTILINE)
        assert row, f"docs/operations.md lacks STEMCHECK_{name.upper()}"
        assert row[1] == field.field_info.description


def test_every_command_is_spoken_of_somewhere():
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES) + read("Makefile")

    for command in CommandFiles(name="stemcheck").list_commands(None):
        assert f"stemcheck {command}" in text, f"no page speaks of `stemcheck {command}`"


def test_newest_heading_of_the_changelog_is_the_version():
    version = re.search(r'^version = "(.*)"', read("pyproject.toml"), re.MULTILINE)[1]

    newest = re.search(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)[1]

    assert newest == version
