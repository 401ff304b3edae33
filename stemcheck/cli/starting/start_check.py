"""What is looked at before the processes start, and when one of them has ended: each fault is one line with its remedy."""

import socket
from pathlib import Path

from stemcheck.cli.starting.model_files import ARCHIVE, check_loads, is_whole_archive
from stemcheck.model.encoder_build import is_built
from stemcheck.model.heads import ModelMissing
from stemcheck.model.inference import BUILT, SHIPPED
from stemcheck.settings import Settings
from stemcheck.storage.masking_rules import load_masking_rules


class StartError(RuntimeError):
    """Something that must be there before the start is not; the message says what to do."""


def check_start(settings: Settings) -> None:
    """Raise StartError when a port is taken or no model is there, MaskingError when nobody can tell what is to be masked."""
    load_masking_rules()
    wanted = {"PORT": (settings.host, settings.port)}
    wanted |= {"RASA_PORT": ("127.0.0.1", settings.rasa_port), "ACTIONS_PORT": ("127.0.0.1", settings.actions_port)}
    for name, address in wanted.items():
        if not _is_free(address):
            raise StartError(
                f"Port {address[1]} is taken. End the program that has it, or set STEMCHECK_{name} to a free port."
            )
    check_model_is_built(settings.models_folder)


def check_model_is_built(models: Path) -> None:
    """Raise StartError when encoder or archive is missing, damaged, or was made from other files than those that are here."""
    if not (models / ARCHIVE).is_file():
        raise StartError("The model is not built yet. Run `make setup`.")
    if not is_whole_archive(models / ARCHIVE):
        raise StartError(f"{models / ARCHIVE} is damaged. Delete it and run `make setup`.")
    if not is_built(models / SHIPPED, models / BUILT):
        raise StartError(
            f"{models / BUILT} is damaged, or was made from other files or by another onnxruntime. Run `make setup`."
        )


def why_it_ended(settings: Settings) -> str:
    """Return a line on the part of the model that cannot be loaded, or nothing when all of it loads."""
    try:
        check_loads(settings.models_folder)
    except ModelMissing as problem:
        return str(problem)
    return ""


def _is_free(address: tuple[str, int]) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            return False
    return True
