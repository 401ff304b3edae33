"""Make .venv with every pinned package. Runs on any Python 3 and needs nothing but it.

usage: environment.py [--dev]

Finds Python 3.10 (STEMCHECK_PYTHON, python3.10 on the path) or lets uv fetch one; finds uv or gets it. Rasa 3.6 runs on nothing newer.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".cache" / "uv"
NEEDED_GB = 5
UV_INSTALLER = "https://astral.sh/uv/install.sh"


def main():
    """Make the environment, or say in one line what is missing."""
    names = ["requirements.txt"] + (["requirements-dev.txt"] if "--dev" in sys.argv else [])
    stamp = VENV / ("installed-dev" if "--dev" in sys.argv else "installed")
    wanted = fingerprint(names + ["pyproject.toml"])
    if stamp.is_file() and stamp.read_text() == wanted and (VENV / "bin" / "stemcheck").exists():
        return
    free = shutil.disk_usage(ROOT).free / 1e9
    if not VENV.exists() and free < NEEDED_GB:
        stop("Only %.1f GB of disk are free here; the packages and the model need %d GB." % (free, NEEDED_GB))
    uv = find_uv()
    if not works([str(VENV / "bin" / "python"), "--version"]):
        python = find_python() or "3.10"
        say("Making .venv with Python %s" % python)
        call(
            [uv, "venv", "--quiet", "--clear", "--python", python, str(VENV)],
            "Python 3.10 was not found and could not be fetched. Install it, or let STEMCHECK_PYTHON name one.",
        )
    install = [uv, "pip", "install", "--python", str(VENV / "bin" / "python"), "--no-deps"]
    for name in names:
        say("Installing %s (2.5 GB in all, some minutes at the first time)" % name)
        call(
            install + ["--require-hashes", "--compile-bytecode", "-r", str(ROOT / name)],
            "Packages could not be installed; see above. Is the package index reachable, is the disk full?",
        )
    call(
        install + ["--quiet", "--no-build-isolation", "--editable", str(ROOT)],
        "The project itself could not be installed; see above.",
    )
    stamp.write_text(wanted)


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
