"""The refit with the real encoder, on a small copy of the content: all or nothing, and a new claim type is learned."""

import shutil

import pytest
import yaml

from stemcheck.content.library import DATA_DIR, load_library
from stemcheck.content.problems import ContentError
from stemcheck.model.heads import HEADS, load_heads
from stemcheck.model.inference import Model, models_folder
from stemcheck.training import refit as refitting
from stemcheck.training.fingerprint import fingerprint
from stemcheck.training.refit import refit
from stemcheck.training.vectors import (
    FILE,
    in_eight_bits,
    key_of,
    load_learned,
    load_vectors,
    save_vectors,
    vectors_of,
)
from tests.library import LIBRARY

SITUATION = "situations/ahsct/risks.yml"
NEW_TYPE = "no-needles"
NEW_SITUATION = "offers/clinic-parking"
SAID = [f"Our stem cells for MS are given without any needle, {how}." for how in (
    "only a spray for the nose", "as a drink", "through a patch on the skin", "as a syrup", "in a pill", "as drops",
    "so nobody pricks you", "with no injection at all", "by breathing them in", "under the tongue", "as a cream", "with a mask",
)]  # fmt: skip
PARKED = [f"{ask} {where}?" for ask in (
    "where can i park my car", "is there a car park", "do they have disabled parking", "how far is the parking lot",
    "can my driver wait with the car",
) for where in ("at the clinic", "near the treatment centre", "when i go in for my cells", "by the hospital entrance")]  # fmt: skip
TWINS = [
    "The cells are given by drip.",
    "They inject the cells into the spine.",
    "Will they use a needle for the cells?",
]
PARKING = {
    "id": NEW_SITUATION,
    "title": "Where to park",
    "kind": "out-of-scope",
    "replies": ["I know nothing of parking.", "Where to park is something that I do not know."],
    "short": "I know nothing of parking.",
    "messages": PARKED[:18],
    "tests": PARKED[18:],
}


@pytest.fixture(scope="module")
def small_data(tmp_path_factory):
    """A copy of the content in which most of the messages, examples and passages are left out."""
    data = shutil.copytree(DATA_DIR, tmp_path_factory.mktemp("small") / "data")
    for path in (data / "situations").glob("*/*.yml"):
        stored = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        few = {
            **stored,
            "messages": stored["messages"][:12],
            "tests": stored["tests"][:1],
            "follow_ups": [],
            "twins": [],
        }
        path.write_text(yaml.dump(few, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), "utf-8")
    for path in [*(data / "claims" / "examples").glob("*.yml"), *(data / "training" / "passages").glob("*.yml")]:
        if path.stem not in ("cure", "neutral", "guarantee"):
            path.unlink()
    return data


@pytest.fixture(scope="module")
def with_new_type(small_data, tmp_path_factory):
    """The small content and a claim type that the model has never seen."""
    data = shutil.copytree(small_data, tmp_path_factory.mktemp("new") / "data")
    described = yaml.safe_load((data / "claims" / "guarantee.yml").read_text("utf-8"))
    (data / "claims" / f"{NEW_TYPE}.yml").write_text(yaml.safe_dump({**described, "id": NEW_TYPE}), "utf-8")
    twins = [{"text": text, "why": "other-subject"} for text in TWINS]
    rows = {"type": NEW_TYPE, "ideas": [{"idea": "no needle", "claims": SAID, "twins": twins}]}
    (data / "claims" / "examples" / f"{NEW_TYPE}.yml").write_text(yaml.safe_dump(rows), "utf-8")
    (data / "situations" / f"{NEW_SITUATION}.yml").write_text(yaml.safe_dump(PARKING), "utf-8")
    return data


def run(model, data, target, library=None):
    """Refit on a content folder, and return what was done."""
    shipped = models_folder()
    return refit(
        library or load_library(data), data, model.encoder, load_heads(shipped), shipped, target, lambda _: None
    )


@pytest.fixture(scope="module")
def refitted(model, with_new_type, tmp_path_factory):
    """What a refit on that content did, its folder, and a running model that had the shipped heads before it."""
    target = tmp_path_factory.mktemp("refitted") / "refit"
    running = Model(model.encoder, models_folder(), target)
    before = running.version
    done = run(model, with_new_type, target)
    return done, target, running, before


@pytest.mark.model
@pytest.mark.timeout(900)
def test_running_model_takes_up_a_refit_without_a_restart(refitted, with_new_type):
    _, _, running, before = refitted

    running.predict(["Hi"])

    assert running.version == fingerprint(with_new_type)[:12] != before


@pytest.mark.model
@pytest.mark.timeout(900)
def test_new_situation_and_new_claim_type_work_at_once(refitted):
    done, _, running, _ = refitted
    assert done.new_types == (NEW_TYPE,)

    asked, said, other = running.predict(
        [
            "is parking for disabled drivers close to the entrance",
            "Our stem cells for MS come without a needle, in a lozenge.",
            "The clinic has a garden and a pool.",
        ]
    )

    names = running.heads.names("situations")
    assert names[asked.labels["situations"].argmax()] == NEW_SITUATION
    place = running.claim_types.index(NEW_TYPE)
    assert said.claims[place] > 0.5 > other.claims[place]


@pytest.mark.model
@pytest.mark.timeout(900)
def test_other_claim_types_stay(refitted):
    shipped, heads = load_heads(models_folder()), load_heads(refitted[1])

    assert set(heads.claim_types) == {*shipped.claim_types, NEW_TYPE}
    row, old = heads.claim_types.index("cure"), shipped.claim_types.index("cure")
    assert (heads.arrays["claims.weight"][row] == shipped.arrays["claims.weight"][old]).all()


@pytest.mark.model
@pytest.mark.timeout(900)
def test_new_examples_of_a_known_claim_type_are_learned(model, refitted, with_new_type, tmp_path):
    data = shutil.copytree(with_new_type, tmp_path / "data")
    said = [f"Bin your MS {when}: the {what} sees it off." for when in ("now", "today", "this week", "for good")
            for what in ("drip", "jab", "cell shot")]  # fmt: skip
    rows = {"type": "cure", "ideas": [{"idea": "the bin", "claims": said, "twins": []}]}
    (data / "claims" / "examples" / "cure-in-the-bin.yml").write_text(yaml.safe_dump(rows), "utf-8")
    target, before = tmp_path / "models", load_heads(refitted[1])

    refit(load_library(data), data, model.encoder, before, refitted[1], target, lambda _: None)

    ((_, asked),) = model.encoder.encode(["Bin your MS next month: our cell drip sees it off."])
    place = before.claim_types.index("cure")
    old, new = (heads.read_claims(asked.tokens)[0][place] for heads in (before, load_heads(target)))
    assert new > max(0.5, old)


@pytest.mark.model
def test_failed_refit_leaves_what_was_there(model, small_data, tmp_path, monkeypatch):
    (tmp_path / HEADS).write_bytes(b"the last good ones")

    def fail(*_):
        raise ContentError([])

    monkeypatch.setattr(refitting, "load_rows", fail)
    with pytest.raises(ContentError):
        run(model, small_data, tmp_path, LIBRARY)

    assert (tmp_path / HEADS).read_bytes() == b"the last good ones"
    assert [path.name for path in tmp_path.iterdir()] == [HEADS]


@pytest.mark.model
def test_known_texts_are_not_read_again(model, tmp_path):
    texts = ["What is a stem cell?", "How dangerous is AHSCT?"]
    first, kept = vectors_of(texts, model.encoder, {})
    save_vectors(kept, tmp_path, [key_of("a row")])

    assert load_learned(tmp_path) == {key_of("a row")}
    again, _ = vectors_of(texts, None, load_vectors(tmp_path))

    assert first.tolist() == again.tolist()


@pytest.mark.model
def test_vector_in_eight_bits_points_the_same_way(model):
    ((_, encoded),) = model.encoder.encode(["How dangerous is AHSCT?"])

    stored, _ = vectors_of(["x"], None, {key_of("x"): in_eight_bits(encoded.vector)})

    assert stored[0] @ encoded.vector > 0.999


@pytest.mark.parametrize("damage", [None, b"", b"half a file", b"PK\x03\x04 half a file"])
def test_missing_or_damaged_vectors_are_read_anew(tmp_path, damage):
    if damage is not None:
        (tmp_path / FILE).write_bytes(damage)

    assert load_vectors(tmp_path) == {}
    assert load_learned(tmp_path) is None


@pytest.fixture
def one_situation(tmp_path):
    """A folder of content with one file of each kind that is learned from."""
    for name in (SITUATION, "claims/cure.yml", "claims/examples/cure.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA_DIR / name, tmp_path / name)
    return tmp_path


def with_situation(data, **changes):
    """Return the fingerprint with these keys of the situation changed."""
    stored = yaml.safe_load((data / SITUATION).read_text("utf-8"))
    (data / SITUATION).write_text(yaml.safe_dump({**stored, **changes}), "utf-8")
    return fingerprint(data)


@pytest.mark.parametrize("key", ["title", "messages", "follow_ups", "twins", "tests", "defaults"])
def test_fingerprint_changes_with_what_is_learned_from_a_situation(one_situation, key):
    before = fingerprint(one_situation)

    assert with_situation(one_situation, **{key: "another"}) != before


@pytest.mark.parametrize("key", ["replies", "short", "next", "kind"])
def test_fingerprint_stays_when_only_the_answer_changes(one_situation, key):
    before = fingerprint(one_situation)

    assert with_situation(one_situation, **{key: "another"}) == before


def test_fingerprint_changes_with_examples_and_with_a_new_claim_type(one_situation):
    found = [fingerprint(one_situation)]
    (one_situation / "claims" / "examples" / "cure.yml").write_text("type: cure\n", "utf-8")
    found.append(fingerprint(one_situation))
    (one_situation / "claims" / "new.yml").write_text("id: new\n", "utf-8")
    found.append(fingerprint(one_situation))

    assert len(set(found)) == 3


def test_fingerprint_stays_when_only_the_card_of_a_claim_changes(one_situation):
    before = fingerprint(one_situation)
    (one_situation / "claims" / "cure.yml").write_text("id: cure\n", "utf-8")

    assert fingerprint(one_situation) == before


def test_fingerprint_of_a_file_that_cannot_be_read_changes_with_it(one_situation):
    before = fingerprint(one_situation)
    (one_situation / SITUATION).write_text("messages: [", "utf-8")

    assert fingerprint(one_situation) != before
