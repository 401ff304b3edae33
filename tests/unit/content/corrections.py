"""Corrections as the console collects them, and the part of the content that they are written into."""

from pathlib import Path

from stemcheck.content.library import DATA_DIR

TEXT = 'They said: "we cure MS" - & it\'s 100% sure #1'
HELLO, HELLO_FILE = "small-talk/greet", "data/situations/small-talk/greet.yml"


def correction(kind, number=1, **content):
    return {"id": number, "kind": kind, "content": {"text": TEXT, "claims": [], **content}}


def claim(type="cure", mode="reported"):
    return {"type": type, "mode": mode, "start": 12, "end": 22}


def leave_others_out(folder, names):
    kept = {"situations": {"small-talk"}, "examples": {"cure.yml", "guarantee.yml"}, "guidance": {"numbers.yml"}}
    left_out = set(names) - kept.get(Path(folder).name, set(names))
    return left_out | ({"nlu", "red-flags", "texts", "training"} if Path(folder) == DATA_DIR else set())


def everything(root):
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
