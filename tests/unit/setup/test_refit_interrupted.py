"""A refit that ends early leaves the last good model, and a line that says so."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stemcheck.cli.refit import remove_unfinished

ROOT = Path(__file__).resolve().parents[3]
BEGINS_SECONDS = 90


def test_halves_of_files_are_removed_and_whole_ones_stay(tmp_path):
    (tmp_path / "refit").mkdir()
    for name in ("heads.npz", "refit/heads.npz", "refit/heads.npz.part", "vectors.npz.part"):
        (tmp_path / name).write_text(name)
    remove_unfinished(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*.npz*")) == ["heads.npz", "heads.npz"]


@pytest.mark.model
@pytest.mark.timeout(180)
def test_ctrl_c_leaves_the_last_good_model(tmp_path):
    for name in ("heads.npz", "labels.json"):
        shutil.copy(ROOT / "models" / name, tmp_path / name)
    for name in ("encoder", "built"):
        (tmp_path / name).symlink_to(ROOT / "models" / name)
    before = (tmp_path / "heads.npz").read_bytes()
    # no vectors are known, so that it has to read every text, and cannot end before it is interrupted
    process = subprocess.Popen(
        [sys.executable, "-c", "from stemcheck.cli.main import app; app(['refit'])"],
        cwd=ROOT,
        env={**os.environ, "STEMCHECK_MODELS_FOLDER": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for_encoder(process.pid)
        process.send_signal(signal.SIGINT)
        words = process.communicate(timeout=60)[1]
    finally:
        process.kill()
    assert process.returncode == 130
    assert "the last good model stays" in words
    assert (tmp_path / "heads.npz").read_bytes() == before
    assert not list(tmp_path.rglob("*.part"))
    assert not (tmp_path / "refit" / "heads.npz").exists()


def wait_for_encoder(pid):
    """Wait until the process has loaded onnxruntime, and so is past its imports."""
    ends = time.monotonic() + BEGINS_SECONDS
    while "onnxruntime_pybind" not in Path(f"/proc/{pid}/maps").read_text():
        assert time.monotonic() < ends
        time.sleep(0.2)
    time.sleep(1)
