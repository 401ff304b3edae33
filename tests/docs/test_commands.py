"""Commands in the docs: each is taken apart as the program would do it, so that a command or an option that is gone is noticed."""

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from stemcheck.cli.main import CommandFiles

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("evaluation/*.md"), *ROOT.glob("benchmarks/*.md")]
COMMAND = re.compile(r"(?:`|^|\$ |\| |bin/)stemcheck ([a-z][a-z-]+[^`\n]*)", re.MULTILINE)
MODULE = re.compile(r"python -m ((?:benchmarks|evaluation|stemcheck)\.[\w.]+)")
END_OF_COMMAND = re.compile(r"\s#|;|\s[|<>]|…")
FILES_OF_EXAMPLES = {"advert.txt": "stem cells cure MS", "page.txt": "What are stem cells?"}


def commands_of(text):
    """Return the commands of a page, each as its words; comments, pipes and what is left out are no part of it."""
    return [shlex.split(END_OF_COMMAND.split(found)[0]) for found in COMMAND.findall(text)]


DOCUMENTED = sorted({tuple(words) for page in PAGES for words in commands_of(page.read_text("utf-8"))})


def parse(words):
    """Let the program read a command without running it. Raises click.UsageError when it would not understand it."""
    command = CommandFiles(name="stemcheck").get_command(None, words[0])
    assert command, f"there is no command `stemcheck {words[0]}`"
    command.make_context(words[0], list(words[1:]), resilient_parsing=False)


@pytest.mark.parametrize("words", [words for words in DOCUMENTED if len(words) > 1], ids=" ".join)
def test_the_program_understands_a_documented_command(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in FILES_OF_EXAMPLES.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "trial").mkdir()  # the copy of data/ in the content guide

    parse(words)


def test_an_option_that_is_gone_is_noticed():
    with pytest.raises(click.UsageError, match="no-such-option"):
        parse(["check-content", "--no-such-option"])


def test_commands_of_a_page_are_found():
    text = "`stemcheck users add ana --role admin`\n$ echo x | .venv/bin/stemcheck check --jsonl\nstemcheck retention  # daily"

    assert commands_of(text) == [["users", "add", "ana", "--role", "admin"], ["check", "--jsonl"], ["retention"]]
    assert len(DOCUMENTED) >= 12


@pytest.mark.parametrize("name", sorted({name for page in PAGES for name in MODULE.findall(page.read_text("utf-8"))}))
def test_a_documented_module_is_there(name):
    assert find_spec(name), f"a page says `python -m {name}`"
