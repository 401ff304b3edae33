"""Replies of data/replies: each is used by the code, and each that the code asks for is there."""

import ast
import re

from stemcheck.content.library import DATA_DIR
from stemcheck.settings import ROOT
from tests.turns import LIBRARY

CODE = [path for folder in ("stemcheck", "actions") for path in (ROOT / folder).rglob("*.py")]
TREES = [ast.parse(path.read_text("utf-8")) for path in CODE]
NODES = [node for tree in TREES for node in ast.walk(tree)]
LITERALS = {node.value for node in NODES if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def templates():
    """Yield a pattern for each f-string of the code that begins or ends with words."""
    for node in NODES:
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            if any(part and re.fullmatch(r"[a-z-]+", part) for part in parts):
                yield re.compile("".join(re.escape(part) if part else "[a-z-]+" for part in parts))


TEMPLATES = list(templates())


def asked_for():
    """Return the ids that the code asks for by name: the texts in what is handed to `say`, and in `replies[…]`."""
    said = [argument for node in NODES if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say"
            for argument in node.args[:1]]  # fmt: skip
    read = [
        node.slice for node in NODES if isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "replies"
    ]
    results = [[node.body, node.orelse] if isinstance(node, ast.IfExp) else [node] for node in (*said, *read)]
    return {node.value for found in results for node in found if isinstance(node, ast.Constant)}


def test_every_reply_is_used():
    unused = [id for id in LIBRARY.replies if id not in LITERALS and not any(one.fullmatch(id) for one in TEMPLATES)]

    assert unused == []


def test_every_reply_that_the_code_asks_for_exists():
    wanted = asked_for()

    assert len(wanted) > 20
    assert wanted <= LIBRARY.replies.keys()


def test_every_feeling_that_is_labelled_has_its_sentences():
    labelled = {message.feeling for item in LIBRARY.situations.values() for message in item.messages} - {None, "none"}

    assert {f"feeling-{feeling}" for feeling in labelled} <= LIBRARY.replies.keys()


def test_every_verdict_has_its_openings():
    for verdict in LIBRARY.verdicts:
        assert f"verdict-lead-{verdict}" in LIBRARY.replies
        assert f"verdict-asked-{verdict}" in LIBRARY.replies or verdict == "newer"


def test_no_reply_is_worded_as_another_one():
    seen = {}
    for reply in LIBRARY.replies.values():
        for variant in reply.variants:
            assert variant not in seen, f"{reply.id} and {seen[variant]} share a wording"
            seen[variant] = reply.id


def test_no_file_of_the_old_content_is_left():
    assert not (DATA_DIR / "buttons.yml").exists()
