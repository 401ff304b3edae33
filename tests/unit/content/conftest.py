"""A working copy for corrections."""

import shutil

import pytest

from stemcheck.content.library import DATA_DIR
from tests.unit.content.corrections import leave_others_out


@pytest.fixture
def root(tmp_path):
    """A working copy with a part of the content: each test reads all of it several times."""
    shutil.copytree(DATA_DIR, tmp_path / "data", ignore=leave_others_out)
    return tmp_path
