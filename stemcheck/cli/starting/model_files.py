"""Whether the model's files are whole, and whether there is room to build what is missing."""

import shutil
import tarfile
import zlib
from pathlib import Path

from stemcheck.claims.nearest import NearestExamples
from stemcheck.claims.whole_text import read_weights
from stemcheck.model.encoder import Encoder
from stemcheck.model.encoder_build import EncoderError
from stemcheck.model.heads import HEADS, ModelMissing, load_heads
from stemcheck.model.inference import BUILT, REFIT

ARCHIVE = "stemcheck.tar.gz"
NEEDED_DISK_GB = 2
NEEDED_MEMORY_GB = 2
MEMORY = Path("/proc/meminfo")  # Linux alone has it; elsewhere memory is not asked for


def check_loads(models: Path) -> None:
    """Load every part of the model once, so that a damaged file is told now, and not to the first visitor. Raises ModelMissing."""
    Encoder(models / BUILT)
    load_heads(models)
    read_weights(models)
    NearestExamples(models)
    if (models / REFIT / HEADS).is_file():
        try:
            load_heads(models / REFIT)
        except ModelMissing as problem:
            raise ModelMissing("models/refit is damaged. Delete the folder, then run `make refit`.") from problem


def is_whole_archive(path: Path) -> bool:
    """Return whether a packed archive is there and can be read to its end."""
    try:
        with tarfile.open(path) as archive:
            return bool(archive.getmembers())
    except (OSError, EOFError, tarfile.TarError, zlib.error):
        return False


def check_room(models: Path) -> None:
    """Raise EncoderError when disk or memory are too small for building the encoder."""
    _compare(shutil.disk_usage(models).free / 1e9, NEEDED_DISK_GB, "disk", "Make room")
    _compare(available_memory_gb(), NEEDED_MEMORY_GB, "memory", "End other programs")


def available_memory_gb(report: Path = MEMORY) -> float:
    """Return what a new program can have; without end where the system does not tell."""
    if not report.is_file():
        return float("inf")
    rows = (line.split() for line in report.read_text(encoding="ascii").splitlines())
    return next((int(row[1]) / 1e6 for row in rows if row[0] == "MemAvailable:"), float("inf"))


def _compare(free_gb: float, needed_gb: float, what: str, remedy: str) -> None:
    if free_gb < needed_gb:
        raise EncoderError(
            f"Only {free_gb:.1f} GB of {what} are free; building the encoder needs {needed_gb} GB. "
            f"{remedy}, then run `make setup`."
        )
