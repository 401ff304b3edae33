"""An installed StemCheck has all that it needs: pages, style sheets, languages, migrations."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = "from setuptools import build_meta; print(build_meta.build_wheel('dist'))"


def test_the_wheel_holds_every_file_of_the_program(tmp_path):
    for name in ("stemcheck", "actions"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    wanted = {
        path.relative_to(tmp_path).as_posix()
        for name in ("stemcheck", "actions")
        for path in (tmp_path / name).rglob("*")
        if path.is_file()
    }

    subprocess.run([sys.executable, "-c", BUILD], cwd=tmp_path, check=True, capture_output=True)

    (wheel,) = (tmp_path / "dist").glob("*.whl")
    assert wanted - set(zipfile.ZipFile(wheel).namelist()) == set()
    assert any(name.endswith("0001_conversations.py") for name in wanted)
