"""The figures of the evaluation, on rows small enough to count by hand."""

import json
from types import SimpleNamespace

import pytest

from evaluation.comparison import find_falls, find_rises, read_baseline, write_baseline
from evaluation.document import Section, Table, as_markdown, as_page
from evaluation.probabilities import calibration_curve, calibration_error
from evaluation.questions import meets
from evaluation.rows import LabelledText, compare, read_labelled
from evaluation.scoring import NOTHING, confuse_types, score
from stemcheck.claims.found_claim import FoundClaim
from tests.library import LIBRARY


def row(types, *, flagged=True, optional=(), is_advert=False, mode="asserted"):
    modes = {} if is_advert else dict.fromkeys(types, mode)
    return LabelledText("r", "text", frozenset(types), modes, frozenset(optional), flagged, "plain", is_advert)


def scored(*pairs):
    """Return each (row, found claims) scored; a claim is a type, or (type, mode)."""
    claims = [
        [FoundClaim(*((one, "asserted") if isinstance(one, str) else one), 0, 4, "text") for one in found]
        for _, found in pairs
    ]
    return compare(LIBRARY, [labelled for labelled, _ in pairs], SimpleNamespace(find_in_all=lambda texts: claims))


def test_hits_misses_and_false_alarms_are_counted():
    figures = score(scored((row(["cure", "proof"]), ["cure", "halting"]), (row([], flagged=False), ["pressure"])))

    assert figures["flag_recall"] == 1.0
    assert figures["flag_precision"] == 0.5
    assert figures["unflagged_kept"] == 0.0
    assert figures["type_micro_f1"] == 0.4
    assert figures["type_macro_f1"] == 0.25


def test_optional_types_count_neither_found_nor_missing():
    found = score(scored((row(["cure"], optional=["proof"]), ["cure", "proof"])))
    not_found = score(scored((row(["cure", "proof"], optional=["proof"]), ["cure"])))

    assert found["type_micro_f1"] == not_found["type_micro_f1"] == 1.0


def test_mode_is_scored_over_types_that_were_found():
    figures = score(
        scored((row(["cure"], mode="reported"), ["cure"]), (row(["proof"], mode="asked"), [("proof", "asked")]))
    )

    assert figures["mode_accuracy"] == 0.5


def test_what_an_advert_only_asks_does_not_count():
    (text,) = scored((row([], flagged=False, is_advert=True), [("cure", "asked")]))

    assert not text.is_miss
    assert "mode_accuracy" not in score([text])


def test_what_only_may_be_a_claim_does_not_count():
    system = SimpleNamespace(find_in_all=lambda texts: [[FoundClaim("cure", "asserted", 0, 4, "text", 0.3, False)]])

    (text,) = compare(LIBRARY, [row([], flagged=False)], system)

    assert not text.is_miss


def test_missing_type_stands_against_the_one_found_instead():
    pairs = confuse_types(scored((row(["cure"]), ["halting"]), (row(["proof"]), []), (row([]), ["pressure"])))

    assert dict(pairs) == {("cure", "halting"): 1, ("proof", NOTHING): 1, (NOTHING, "pressure"): 1}


def test_calibration_of_probabilities_that_keep_their_word_has_no_error():
    pairs = [(0.25, True), (0.25, False), (0.25, False), (0.25, False), (0.999, True)]

    curve = calibration_curve(pairs)

    assert [count for _, _, count in curve] == [4, 1]
    assert calibration_error(curve) < 0.001


@pytest.mark.parametrize(
    ("expect", "is_met"),
    [
        ({"kind": "answer", "facts": ["a", "z"]}, True),
        ({"kind": "answer", "facts": ["a", "z"], "all": True}, False),
        ({"kind": "answer", "facts": ["z"]}, False),
        ({"kind": "verdict"}, False),
        ({"kind": "answer", "types": ["cure"]}, True),
        ({"kind": "answer", "types": ["cure", "proof"]}, False),
    ],
)
def test_reply_meets_what_was_expected(expect, is_met):
    messages = [{"kind": "answer", "facts": ["a", "b"], "claims": [{"type": "cure"}]}]

    assert meets(expect, messages) is is_met


@pytest.mark.parametrize(
    ("after", "falls", "rises"), [(0.9, 0, 0), (0.886, 0, 0), (0.884, 1, 0), (0.916, 0, 1), (None, 1, 0)]
)
def test_only_a_fall_beyond_the_margin_is_a_fall(after, falls, rises):
    baseline = {"claims": {"flag_recall": 0.9, "rows": 640}}
    figures = {"claims": {"flag_recall": after, "rows": 1}}

    assert (len(find_falls(figures, baseline)), len(find_rises(figures, baseline))) == (falls, rises)


def test_two_rows_of_a_small_set_are_within_the_margin():
    baseline = {"adverts": {"rows": 50, "flag_recall": 0.9}}

    assert find_falls({"adverts": {"flag_recall": 0.86}}, baseline) == []
    assert find_falls({"adverts": {"flag_recall": 0.85}}, baseline)


def test_kinds_of_reply_are_not_held_but_whole_dialogues_are():
    baseline = {"dialogues": {"rows": 66, "accuracy of handoff": 0.9, "accuracy of whole dialogue": 0.9}}
    figures = {"dialogues": {"accuracy of handoff": 0.1, "accuracy of whole dialogue": 0.1}}

    assert find_falls(figures, baseline) == ["dialogues: accuracy of whole dialogue fell from 0.9 to 0.1"]


def test_fall_says_what_fell():
    (fall,) = find_falls({"claims": {"flag_recall": 0.5}}, {"claims": {"rows": 640, "flag_recall": 0.9}})

    assert fall == "claims: flag_recall fell from 0.9 to 0.5"


def test_new_baseline_keeps_sets_that_were_not_measured(tmp_path):
    path = tmp_path / "baseline.json"
    write_baseline({"claims": {"flag_recall": 0.8}, "questions": {"accuracy": 0.7}}, {}, path)

    write_baseline({"claims": {"flag_recall": 0.9}}, {"measured_on": "2026-01-01"}, path)

    assert read_baseline(path) == {"claims": {"flag_recall": 0.9}, "questions": {"accuracy": 0.7}}
    assert json.loads(path.read_text())["measured_on"] == "2026-01-01"


def test_report_shows_hostile_text_as_text():
    sections = [Section("Misses", [Table(("id", "text"), (("a", "<script>|x\ny"), ("b", None)))])]

    assert "<script>" not in as_page("T", sections)
    assert "| a | &lt;script>\\|x y |" in as_markdown("T", sections)


@pytest.mark.parametrize(("name", "least"), [("claims", 600), ("adverts", 60)])
def test_sets_are_large_enough_and_name_known_types_alone(name, least):
    rows = read_labelled(name)

    assert len(rows) >= least
    assert len({one.id for one in rows}) == len({one.text for one in rows}) == len(rows)
    assert {kind for one in rows for kind in one.types | one.optional} <= set(LIBRARY.claim_types)


@pytest.mark.parametrize("name", ["claims", "adverts"])
def test_flag_follows_from_types_and_modes(name):
    flagged = {id for id, kind in LIBRARY.claim_types.items() if LIBRARY.verdicts[kind.verdict].flagged}

    wrong = [
        one.id
        for one in read_labelled(name)
        if one.flagged != any(kind in flagged and one.modes.get(kind) != "asked" for kind in one.types)
    ]

    assert wrong == []
