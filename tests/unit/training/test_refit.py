"""The refit with the real encoder, on a small copy of the content: all or nothing, and a new claim type is learned."""

import shutil

import pytest
import yaml

from stemcheck.content.library import DATA_DIR, load_library
from stemcheck.content.problems import ContentError
from stemcheck.model.heads import HEADS, load_heads
from stemcheck.model.inference import models_folder
from stemcheck.training import refit as refitting
from stemcheck.training.refit import fingerprint, refit
from stemcheck.training.vectors import FILE, in_eight_bits, key_of, load_vectors, save_vectors, vectors_of
from tests.library import LIBRARY

NEW_TYPE = "no-needles"
SAID = [f"Our stem cells for MS are given without any needle, {how}." for how in (
    "only a spray for the nose", "as a drink", "through a patch on the skin", "as a syrup", "in a pill", "as drops",
    "so nobody pricks you", "with no injection at all", "by breathing them in", "under the tongue", "as a cream", "with a mask",
)]  # fmt: skip
TWINS = [
    "The cells are given by drip.",
    "They inject the cells into the spine.",
    "Will they use a needle for the cells?",
]


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
    return data


def run(model, data, target, library=None):
    """Refit on a content folder, and return what was done."""
    shipped = models_folder()
    return refit(
        library or load_library(data), data, model.encoder, load_heads(shipped), shipped, target, lambda _: None
    )


@pytest.mark.model
@pytest.mark.timeout(900)
def test_new_claim_type_is_learned_and_the_others_stay(model, with_new_type, tmp_path):
    shipped = load_heads(models_folder())

    done = run(model, with_new_type, tmp_path)

    heads = load_heads(tmp_path)
    assert done.new_types == (NEW_TYPE,)
    assert set(heads.claim_types) == {*shipped.claim_types, NEW_TYPE}
    assert heads.labels["fitted_from"] == fingerprint(with_new_type)
    row, old = heads.claim_types.index("cure"), shipped.claim_types.index("cure")
    assert (heads.arrays["claims.weight"][row] == shipped.arrays["claims.weight"][old]).all()
    place = heads.claim_types.index(NEW_TYPE)
    texts = ["Our stem cells for MS come without a needle, in a lozenge.", "The clinic has a garden and a pool."]
    said, other = (
        heads.read_claims(found.tokens)[0][place] for _, found in sorted(dict(model.encoder.encode(texts)).items())
    )
    assert said > 0.5 > other


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
    save_vectors(kept, tmp_path)

    again, _ = vectors_of(texts, None, load_vectors(tmp_path))

    assert first.tolist() == again.tolist()


@pytest.mark.model
def test_vector_in_eight_bits_points_the_same_way(model):
    ((_, encoded),) = model.encoder.encode(["How dangerous is AHSCT?"])

    stored, _ = vectors_of(["x"], None, {key_of("x"): in_eight_bits(encoded.vector)})

    assert stored[0] @ encoded.vector > 0.999


@pytest.mark.parametrize("damage", [None, b"", b"half a file"])
def test_missing_or_damaged_vectors_are_read_anew(tmp_path, damage):
    if damage is not None:
        (tmp_path / FILE).write_bytes(damage)

    assert load_vectors(tmp_path) == {}


@pytest.mark.parametrize("name", ["situations/ahsct/risks.yml", "claims/cure.yml", "claims/examples/cure.yml"])
def test_fingerprint_changes_with_what_is_learned_from(tmp_path, name):
    data = tmp_path / "data"
    (data / name).parent.mkdir(parents=True)
    shutil.copy(DATA_DIR / name, data / name)
    before = fingerprint(data)

    with (data / name).open("a", encoding="utf-8") as file:
        file.write("# a word\n")

    assert fingerprint(data) != before
