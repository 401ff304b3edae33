"""What `setup/environment.py` installs where, and what it says when something is in the way."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
spec = importlib.util.spec_from_file_location("environment", ROOT / "setup" / "environment.py")
environment = importlib.util.module_from_spec(spec)
spec.loader.exec_module(environment)


def test_a_training_gets_an_environment_of_its_own():
    wanted = environment.chosen(["--train"])
    assert (wanted.folder.name, wanted.lists) == (".venv-train", ["requirements-train.txt"])


def test_what_runs_in_production_needs_no_pytorch():
    for name in environment.chosen(["--dev"]).lists:
        packages = [line.split("==")[0] for line in (ROOT / name).read_text().splitlines() if "==" in line]
        assert not {"torch", "transformers"} & set(packages), name


def test_both_environments_run_the_encoder_with_the_same_versions():
    def pinned(name):
        lines = (
            line
            for line in (ROOT / name).read_text().splitlines()
            if line.startswith(("onnx==", "onnxruntime==", "numpy=="))
        )
        return sorted(line.split()[0] for line in lines)

    assert pinned("requirements.txt") == pinned("requirements-train.txt")


def test_too_little_disk_is_said_in_one_line_with_the_remedy():
    wanted = environment.Environment(".venv-never", ["requirements.txt"], 10**6, "much")
    with pytest.raises(SystemExit) as told:
        environment.check_room(wanted)
    assert "need 1000000 GB" in str(told.value)
    assert "Make room" in str(told.value)
    assert "\n" not in str(told.value)


def test_no_list_of_packages_names_an_address():
    for path in ROOT.glob("requirements*"):
        assert "://" not in path.read_text(), path.name
