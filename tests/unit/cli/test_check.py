"""The command `check`: every kind of input and output, with a spotter that needs no model."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.cli import check as check_command
from stemcheck.cli.main import app
from stemcheck.documents.document import MAX_FILE_BYTES
from tests.made_files import pdf_of
from tests.turns import LIBRARY

pytestmark = pytest.mark.slow

RUNNER = CliRunner(mix_stderr=False)
CURE = re.compile("[Cc]ure")
KEYS = ["type", "mode", "verdict", "flagged", "start", "end", "text", "facts"]
WHY = ["probability", "because", "cue", "about"]


class CureSpotter:
    """Takes every "cure" for a claim, asserted unless the text asks."""

    def find_in_all(self, texts):
        return [[self.claim(text, match) for match in CURE.finditer(text)] for text in texts]

    @staticmethod
    def claim(text, match):
        mode = "asked" if text.strip().endswith("?") else "asserted"
        return FoundClaim("cure", mode, match.start(), match.end(), match.group())


class ExplainingSpotter(CureSpotter):
    """Says why as well."""

    @staticmethod
    def claim(text, match):
        return replace(CureSpotter.claim(text, match), because=("like: It cures MS",), cue="asking: ?")


@pytest.fixture(autouse=True)
def spotter(monkeypatch):
    monkeypatch.setattr(check_command, "load_spotter", CureSpotter)
    monkeypatch.setattr(check_command, "load_explaining_spotter", ExplainingSpotter)


def run(*arguments, given=None):
    return RUNNER.invoke(app, ["check", *map(str, arguments)], input=given)


def lines(given):
    result = run("--jsonl", given=given)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def advert(tmp_path):
    path = tmp_path / "advert.txt"
    path.write_bytes("We cure <b>MS</b>.\r\nA cure for all 😀 [bold]!".encode())
    return path


def test_report_says_name_counts_words_and_verdict(advert):
    result = run(advert)

    assert result.exit_code == 0
    assert "advert.txt" in result.stdout
    assert "2 claims, 2 flagged" in result.stdout
    assert "A cure: Myth (said as true)" in result.stdout
    assert "\x1b" not in result.stdout, "colour without a terminal"


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_without_a_file_the_text_comes_from_standard_input(arguments):
    assert "1 claim, none flagged" in run(*arguments, given="Is there a cure?").stdout


def test_json_of_one_file_is_one_object_with_places_in_the_original_text(advert):
    result = json.loads(run("--json", advert).stdout)

    text = advert.read_bytes().decode()
    assert list(result) == ["id", "flagged", "claims"]
    assert [list(claim) for claim in result["claims"]] == [KEYS + WHY] * 2
    assert [text[claim["start"] : claim["end"]] for claim in result["claims"]] == ["cure", "cure"]


def test_json_says_why_each_claim_was_found(advert):
    claims = json.loads(run("--json", advert).stdout)["claims"]

    assert [(claim["because"], claim["cue"]) for claim in claims] == [(["like: It cures MS"], "asking: ?")] * 2


def test_json_of_several_files_is_a_list_in_their_order(advert, tmp_path):
    result = run("--json", advert, tmp_path / "missing.txt", advert)

    found = json.loads(result.stdout)
    assert [sorted(item) for item in found] == [
        ["claims", "flagged", "id"],
        ["error", "id"],
        ["claims", "flagged", "id"],
    ]
    assert result.exit_code == 1


def test_missing_file_is_told_and_the_others_are_answered(advert, tmp_path):
    result = run(tmp_path / "missing.txt", advert)

    assert result.exit_code == 1
    assert "missing.txt: No such file or directory" in result.stderr
    assert "2 claims, 2 flagged" in result.stdout


@pytest.mark.parametrize(
    ("content", "reply"),
    [
        (b"", "document-empty"),
        (b"a\0b", "document-unknown"),
        (b"\xff\xfe", "document-no-text"),
        (b"%PDF-1.7 no PDF", "document-broken"),
        (b"x" * (MAX_FILE_BYTES + 1), "document-too-large"),
    ],
)
def test_file_that_cannot_be_read_says_why(tmp_path, content, reply):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)

    result = run(path)

    assert result.exit_code == 1
    assert any(words in result.stderr for words in LIBRARY.replies[reply].variants)


def test_text_of_40000_characters_is_checked_whole(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text(f"{'😀' * 39_990}\nA cure", "utf-8")

    [claim] = json.loads(run("--json", path).stdout)["claims"]

    assert claim["start"] == 39_993


def test_longer_text_is_cut_and_that_is_said(tmp_path):
    path = tmp_path / "longer.txt"
    path.write_text("A cure. " * 10_000, "utf-8")

    result = run("--json", path)

    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert 4500 < len(found["claims"]) <= 5000
    assert found["notes"][0] in LIBRARY.replies["document-cut"].variants


def test_pdf_is_read(tmp_path):
    path = tmp_path / "flyer.pdf"
    path.write_bytes(pdf_of(["A cure for MS is here."]))

    assert "1 claim, 1 flagged" in run(path).stdout


def test_text_in_another_language_is_said_to_be_and_nothing_is_guessed(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("Cure ist unsere Stammzelltherapie, die Ihre Multiple Sklerose heilt. Rufen Sie uns an.", "utf-8")

    result = run(path)

    assert "Deutsch" in result.stderr
    assert "1 claim" not in result.stdout


def test_link_is_not_opened_unless_the_operator_allows_it():
    result = run("https://clinic.invalid/ms")

    assert result.exit_code == 1
    assert any(words in result.stderr for words in LIBRARY.replies["link-off"].variants)


def test_lines_are_answered_in_order_with_the_keys_of_the_contract():
    status, found = lines('{"id": "b", "text": "A cure"}\n{"text": "Rain", "id": 7, "style": "plain"}\n')

    assert status == 0
    assert [row["id"] for row in found] == ["b", 7]
    assert list(found[0]) == ["id", "flagged", "claims"]
    assert list(found[0]["claims"][0]) == KEYS
    assert found[1] == {"id": 7, "flagged": False, "claims": []}


@pytest.mark.parametrize(
    ("line", "id"),
    [
        ("nonsense", None),
        ("[1, 2]", None),
        ('"text"', None),
        ("[" * 100_000, None),
        ('{"text": "no id"}', None),
        ('{"id": true, "text": "x"}', None),
        ('{"id": "\\ud800", "text": "x"}', None),
        ('{"id": "t"}', "t"),
        ('{"id": "t", "text": 5}', "t"),
        ('{"id": "t", "text": null}', "t"),
        ('{"id": "t", "text": "a\\u0000b"}', "t"),
        ('{"id": "t", "text": "\\udc00"}', "t"),
        (json.dumps({"id": "t", "text": "x" * 8001}), "t"),
        (json.dumps({"id": "t", "text": "x" * 400_000}), None),
        (b'{"id": "t", "text": "\xff"}', None),
    ],
)
def test_bad_line_gets_an_error_and_every_good_line_its_answer(line, id):
    given = line if isinstance(line, bytes) else line.encode()
    good = b'{"id": "good", "text": "A cure"}'

    status, found = lines(b"\n".join([good, given, good]))

    assert status == 1
    assert [row["id"] for row in found] == ["good", id, "good"]
    assert found[1]["error"].startswith("line 2: ")
    assert found[0]["flagged"] and found[2]["flagged"]


def test_blank_lines_and_windows_line_ends_are_let_be():
    status, found = lines(b'\xef\xbb\xbf{"id": 1, "text": "A cure"}\r\n\r\n   \n{"id": 2, "text": ""}')

    assert status == 0
    assert [row["id"] for row in found] == [1, 2]


def test_many_lines_are_read_in_batches(monkeypatch):
    sizes = []
    find = CureSpotter.find_in_all
    monkeypatch.setattr(CureSpotter, "find_in_all", lambda self, texts: sizes.append(len(texts)) or find(self, texts))
    given = "".join(json.dumps({"id": number, "text": "A cure"}) + "\n" for number in range(1000))

    status, found = lines(given)

    assert status == 0
    assert [row["id"] for row in found] == list(range(1000))
    assert max(sizes) == 256 and len(sizes) == 4


def test_page_stands_alone_and_highlights_the_claims(advert, tmp_path):
    target = tmp_path / "report.html"

    result = run("--html", target, advert, tmp_path / "missing.txt")

    page = target.read_text("utf-8")
    assert result.exit_code == 1
    assert page.count('<mark class="flagged"') == 2
    assert "&lt;b&gt;MS&lt;/b&gt;" in page, "the advert's own markup must stay text"
    assert not re.search(r"<(script|link|img|iframe)|url\(|src=", page)


def test_only_one_kind_of_output_is_written(advert):
    assert run("--json", "--jsonl", advert).exit_code == 2


@pytest.mark.model
def test_pipe_that_pauses_gets_its_answer_at_once():
    command = [Path(sys.executable).with_name("stemcheck"), "check", "--jsonl"]

    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for number in range(2):
            process.stdin.write(json.dumps({"id": number, "text": "They cure MS."}).encode() + b"\n")
            process.stdin.flush()

            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(10) == 0


@pytest.mark.model
def test_check_never_imports_tensorflow_and_starts_within_its_budget():
    code = (
        "import sys, time\n"
        "from stemcheck.cli.main import app\n"
        "sys.argv = ['stemcheck', 'check', '--json']\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        # seconds of work, not of waiting: other tests may keep the cores busy
        "print('\\n', 'tensorflow' in sys.modules, time.process_time(), file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], input="They cure MS.", capture_output=True, text=True, timeout=60
    )

    is_imported, seconds = done.stderr.splitlines()[-1].split()
    assert is_imported == "False"
    assert float(seconds) <= 3


SELLER = "We cure MS. Please do not tell your neurologist about it."


def test_red_flags_stand_beside_the_claims_in_json_and_in_json_lines(tmp_path):
    (tmp_path / "mail.txt").write_text(SELLER)
    one = json.loads(run("--json", tmp_path / "mail.txt").stdout)
    _, (line,) = lines(json.dumps({"id": 1, "text": SELLER}).encode())

    for found in (one, line):
        (sign,) = found["warnings"]
        assert list(sign) == ["id", "label", "why", "start", "end", "text", "guidance"]
        assert SELLER[sign["start"] : sign["end"]] == sign["text"]


def test_report_names_red_flags(tmp_path):
    (tmp_path / "mail.txt").write_text(SELLER)

    assert "Keep it from your doctor" in run(tmp_path / "mail.txt").stdout
