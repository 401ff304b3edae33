"""Make .venv with every pinned package, or .venv-train for a training. Runs on any Python 3 and needs nothing but it.

usage: environment.py [--dev | --train]

Finds Python 3.10 (STEMCHECK_PYTHON, python3.10 on the path) or lets uv fetch one; finds uv or gets it. Rasa 3.6 runs on nothing newer.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".cache" / "uv"
UV_INSTALLER = "https://astral.sh/uv/install.sh"


class Environment:
    """What one environment consists of: folder, lists of packages, disk that it needs, and what is told of its size."""

    def __init__(self, folder, lists, needed_gb, size, with_project=True):
        self.folder, self.lists, self.needed_gb, self.size, self.with_project = (
            ROOT / folder,
            lists,
            needed_gb,
            size,
            with_project,
        )
        self.python = str(self.folder / "bin" / "python")
        self.stamp = self.folder / ("installed-" + lists[-1])

    def wanted(self):
        """Return the fingerprint of all that is to be installed."""
        return fingerprint(self.lists + ["pyproject.toml"] if self.with_project else self.lists)

    def is_installed(self):
        """Return whether everything is there as it is wanted now."""
        program = self.folder / "bin" / ("stemcheck" if self.with_project else "python")
        return self.stamp.is_file() and self.stamp.read_text() == self.wanted() and program.exists()


def chosen(arguments):
    """Return the environment that the arguments ask for."""
    if "--train" in arguments:
        return Environment(".venv-train", ["requirements-train.txt"], 8, "6 GB, mostly PyTorch", with_project=False)
    lists = ["requirements.txt"] + (["requirements-dev.txt"] if "--dev" in arguments else [])
    return Environment(".venv", lists, 6, "3 GB in all, some minutes the first time")


def main():
    """Make the environment, or say in one line what is missing."""
    wanted = chosen(sys.argv[1:])
    if wanted.is_installed():
        return
    check_room(wanted)
    uv = find_uv()
    make_folder(wanted, uv)
    install(wanted, uv)
    wanted.stamp.write_text(wanted.wanted())


def check_room(wanted):
    """Stop when the disk has too little room for a new environment."""
    free = shutil.disk_usage(str(ROOT)).free / 1e9
    if not wanted.folder.exists() and free < wanted.needed_gb:
        stop(
            "Only %.1f GB of disk are free here; %s and what belongs to it need %d GB. Make room, then run this again."
            % (free, wanted.folder.name, wanted.needed_gb)
        )


def make_folder(wanted, uv):
    """Make the empty environment, unless one that runs is there."""
    if works([wanted.python, "--version"]):
        return
    python = find_python() or "3.10"
    say("Making %s with Python %s" % (wanted.folder.name, python))
    call(
        [uv, "venv", "--quiet", "--clear", "--python", python, str(wanted.folder)],
        "Python 3.10 was not found and could not be fetched. Install it, or let STEMCHECK_PYTHON name one.",
    )


def install(wanted, uv):
    """Install the pinned packages, and the project itself where it is run from."""
    command = [uv, "pip", "install", "--python", wanted.python, "--no-deps"]
    for name in wanted.lists:
        say("Installing %s (%s)" % (name, wanted.size))
        call(
            command + ["--require-hashes", "--compile-bytecode", "-r", str(ROOT / name)],
            "Packages could not be installed; see above. Is the package index reachable, is the disk full?",
        )
    if wanted.with_project:
        call(
            command + ["--quiet", "--no-build-isolation", "--editable", str(ROOT)],
            "The project itself could not be installed; see above.",
        )


def find_python():
    """Return a Python 3.10 that runs, or None."""
    for candidate in (os.environ.get("STEMCHECK_PYTHON"), shutil.which("python3.10", path=os.environ.get("PATH"))):
        if candidate and output([candidate, "-c", "import sys; print(sys.version_info[:2])"]) == "(3, 10)":
            return candidate
    return None


def find_uv():
    """Return a uv that runs: the machine's, one that pip installs beside us, or the one of its own installer."""
    local = [shutil.which("uv"), str(TOOLS / "bin" / "uv"), str(TOOLS / "uv")]
    for candidate in local:
        if candidate and works([candidate, "--version"]):
            return candidate
    say("Getting uv, which installs the packages")
    TOOLS.mkdir(parents=True, exist_ok=True)
    if works([sys.executable, "-m", "venv", str(TOOLS)]) and works(
        [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"]
    ):
        return str(TOOLS / "bin" / "uv")
    fetch = "import urllib.request; print(urllib.request.urlopen(%r).read().decode())" % UV_INSTALLER
    script = output([sys.executable, "-c", fetch])
    if script:
        settings = dict(os.environ, UV_UNMANAGED_INSTALL=str(TOOLS))
        subprocess.run(["sh", "-s", "--", "--quiet"], input=script.encode(), env=settings, check=False)
    if works([str(TOOLS / "uv"), "--version"]):
        return str(TOOLS / "uv")
    return stop(
        "uv could not be installed. Install it yourself (pip install uv), or Python's venv module, and run this again."
    )


def fingerprint(names):
    """Return the SHA-256 of the files that say what is to be installed."""
    digest = hashlib.new("sha256")
    for name in names:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def output(command):
    """Return what a command prints, or nothing when it fails."""
    try:
        return (
            subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, cwd=str(ROOT))
            .stdout.decode()
            .strip()
        )
    except (OSError, subprocess.CalledProcessError):
        return ""


def works(command):
    """Return whether a command ends well."""
    try:
        return (
            subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, cwd=str(ROOT)
            ).returncode
            == 0
        )
    except OSError:
        return False


def call(command, remedy):
    """Run a command with its progress shown; stop with the remedy when it fails."""
    if subprocess.run(command, check=False, cwd=str(ROOT)).returncode:
        stop(remedy)


def say(words):
    """Tell what is going on."""
    print("» " + words, file=sys.stderr, flush=True)


def stop(words):
    """End with one clear line."""
    sys.exit("StemCheck: " + words)


if __name__ == "__main__":
    main()
