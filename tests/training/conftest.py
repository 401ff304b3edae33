"""What the tests of the training share: the training's environment and the published weights. `make train-check` sets both up."""

import subprocess
from pathlib import Path

import pytest

from stemcheck.model.base_weights import unpack_base_weights

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-train" / "bin" / "python"


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    """The folder of the published weights."""
    return unpack_base_weights(tmp_path_factory.mktemp("base") / "base")


@pytest.fixture(scope="session")
def run_module():
    """Run a module in .venv-train and return what it prints."""

    def run(module, *arguments):
        command = [str(PYTHON), "-W", "ignore", "-m", module, *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout

    return run
