"""The commands `check-content` and `verify-source`, as an editor runs them."""

import os
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from stemcheck.cli.main import app
from stemcheck.content.library import DATA_DIR

pytestmark = pytest.mark.slow

RUNNER = CliRunner()


@pytest.fixture
def data_dir(tmp_path):
    return shutil.copytree(DATA_DIR, tmp_path / "data")


def test_content_in_order_is_said_so():
    result = RUNNER.invoke(app, ["check-content"])

    assert result.exit_code == 0, result.output
    assert "The content is in order." in result.output


def test_every_problem_is_listed_and_the_exit_status_is_one(data_dir):
    (data_dir / "claims" / "cure.yml").unlink()
    path = data_dir / "situations" / "ahsct" / "name.yml"
    path.write_text(path.read_text("utf-8").replace("[ahsct-name]", "[ahsct-nmae]"), "utf-8")

    result = RUNNER.invoke(app, ["check-content", "--data", str(data_dir)])

    assert result.exit_code == 1
    assert "data/situations/ahsct/name.yml: ahsct/name: the marker [ahsct-nmae] names nothing" in result.output
    assert '"cure" is no claim type' in result.output


def test_changed_source_lists_facts_and_exits_with_one(tmp_path):
    document = tmp_path / "page.txt"
    document.write_text("A page that says something else.", "utf-8")

    result = RUNNER.invoke(app, ["verify-source", str(document)])

    assert result.exit_code == 1
    assert "Still standing: 0 of 24 facts." in result.output
    assert '"A page that says something else."' in result.output


def test_unknown_source_lists_the_known_ones(tmp_path):
    document = tmp_path / "page.txt"
    document.write_text("Words.", "utf-8")

    result = RUNNER.invoke(app, ["verify-source", str(document), "--source", "nope"])

    assert result.exit_code == 2


def test_unknown_command_is_refused():
    assert RUNNER.invoke(app, ["no-such-command"]).exit_code == 2


@pytest.mark.parametrize("command", ["check-content", "verify-source"])
def test_command_has_help(command):
    result = RUNNER.invoke(app, [command, "--help"])

    assert result.exit_code == 0
    assert "Exit status 1" in result.output


def test_a_light_command_imports_nothing_heavy():
    code = "import sys, stemcheck.cli.main, stemcheck.cli.verify_source; print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(DATA_DIR.parent)}

    done = subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True, text=True)

    assert not {"tensorflow", "spacy", "rasa", "onnxruntime", "sqlalchemy"} & set(done.stdout.split())
