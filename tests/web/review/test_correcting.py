"""The form in which a reviewer says what is right: all claims at once, nothing silently, shown once more before it is saved."""

import html
import io
import json
import re
import zipfile

import pytest
import yaml

from stemcheck.storage.review_corrections import list_corrections

TEXT = "Their doctor says stem cells cure MS and repair myelin, and I could stop my medication."
WORDS = {"cure": "stem cells cure MS", "reversal": "repair myelin", "stop-medication": "I could stop my medication"}


@pytest.fixture
def advert(console, tools):
    """A message with three claims that were found; returns its turn's id."""
    claims = [tools.claim_of(TEXT, words, type=type) for type, words in WORDS.items()]
    tools.save(
        console.engine, "advert", tools.events_of(TEXT, tools.now + 60, claims=claims, number=70, channel="rest")
    )
    with console.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT id FROM turns WHERE conversation_id = 'advert'").scalar()


@pytest.fixture
def form(advert):
    """A function that returns the form of three claims, with other values."""

    def fill(**more):
        rows = {}
        for number, (type, words) in enumerate(WORDS.items()):
            rows |= {f"claim-{number}": type, f"mode-{number}": "reported", f"words-{number}": words}
        return {"id": "advert", "turn": str(advert), "use": "training", "text": TEXT, "says": "claims", **rows, **more}

    return fill


def collected(console):
    with console.engine.connect() as connection:
        return [item["content"] | {"kind": item["kind"]} for item in list_corrections(connection)]


def files_of(person):
    packed = zipfile.ZipFile(io.BytesIO(person.get("/review/corrections.zip").content))
    return {name: packed.read(name).decode() for name in packed.namelist()}


def test_all_claims_of_a_text_are_corrected_at_once(console, visit, form):
    person = visit("reviewer")

    assert person.post("/review/correct", **form(sure="yes")).status_code == 303

    (content,) = collected(console)
    assert [(claim["type"], TEXT[claim["start"] : claim["end"]]) for claim in content["claims"]] == list(WORDS.items())
    (example,) = yaml.safe_load("ideas:\n" + files_of(person)["claims/cure.yml"])["ideas"][0]["claims"]
    assert example == {"text": TEXT, "mode": "reported", "also": ["reversal", "stop-medication"]}


def test_each_claim_keeps_its_own_mode(visit, form):
    person = visit("reviewer")

    person.post("/review/correct", **form(sure="yes", **{"mode-1": "asserted"}))

    (example,) = yaml.safe_load("ideas:\n" + files_of(person)["claims/cure.yml"])["ideas"][0]["claims"]
    assert (example["mode"], example["modes"]) == ("reported", {"reversal": "asserted"})


def test_of_a_long_text_each_claims_own_words_are_learnt(visit, form):
    person = visit("reviewer")
    story = "We set out in spring and drove through the night. " * 12

    answer = person.post("/review/correct", **form(sure="yes", text=f"{story}{TEXT}"))

    assert answer.status_code == 303
    files = files_of(person)
    for type, words in WORDS.items():
        (example,) = yaml.safe_load("ideas:\n" + files[f"claims/{type}.yml"])["ideas"][0]["claims"]
        assert example == {"text": words, "mode": "reported"}


def test_the_form_shows_every_claim_that_was_found_and_chooses_nothing(visit, advert):
    page = visit("reviewer").get(f"/review/correct?id=advert&turn={advert}").text

    for words in WORDS.values():
        assert f'value="{words}"' in page
    assert "checked" not in page
    assert re.search(r'<input name="situation" list="all-situation" value=""', page)
    assert not re.search(r'name="twin_of">.*?selected.*?</select>', page, re.DOTALL)


def test_a_situation_is_found_by_its_title(console, visit, advert, form):
    person = visit("reviewer")
    title = console.library.situations["small-talk/greet"].title
    page = person.get(f"/review/correct?id=advert&turn={advert}").text
    assert f'<option value="{html.escape(title)}">small-talk/greet</option>' in page

    person.post("/review/correct", **form(says="situation", situation=f" {title.upper()} ", sure="yes"))

    assert collected(console)[0]["situation"] == "small-talk/greet"


def test_what_will_be_saved_is_shown_once_more_before_it_is(console, visit, form):
    person = visit("reviewer")

    page = person.post("/review/correct", **form()).text

    assert collected(console) == []
    assert "Is this right?" in page and "makes 3 claims" in page
    kept = {
        name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
    }
    assert person.post("/review/correct", **{**kept, "sure": "yes"}).status_code == 303
    assert len(collected(console)[0]["claims"]) == 3


def test_change_leads_back_to_the_form_as_it_was(visit, form):
    page = visit("reviewer").post("/review/correct", **form(change="yes", text=f"{TEXT} Edited.")).text

    assert "Correct this message" in page and f"{TEXT} Edited.</textarea>" in page
    assert 'value="claims" checked' in page


def test_a_situation_is_saved_as_chosen_although_a_claim_was_found(console, visit, form):
    visit("reviewer").post("/review/correct", **form(says="situation", situation="small-talk/greet", sure="yes"))

    (content,) = collected(console)
    assert (content["situation"], content["claims"]) == ("small-talk/greet", [])


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"says": ""}, "whether the message makes claims"),
        ({"says": "claims", "situation": "small-talk/greet"}, "You chose a situation and also"),
        (
            {"says": "twin", "twin_of": "cure", "why": "denied", "situation": "small-talk/greet"},
            "You chose a situation and also",
        ),
        ({"says": "claims", "twin_of": "cure"}, "mistaken for"),
        ({"says": "claims", "claim-0": "", "claim-1": "", "claim-2": ""}, "at least one claim type"),
        ({"says": "claims", "claim-1": "cure"}, "stands there twice"),
        ({"says": "claims", "claim-0": "no-such"}, "the claim type"),
        ({"says": "claims", "mode-0": "sung"}, "how the claim is said"),
        ({"says": "claims", "words-0": "not there"}, "do not stand in the text"),
        ({"says": "situation", "situation": "nope"}, "what the visitor comes with"),
        ({"says": "situation", "situation": "claim"}, "what the visitor comes with"),
        ({"says": "situation", "situation": "small-talk/greet", "use": "evaluation"}, "the kind of reply"),
        ({"says": "situation", "situation": "small-talk/greet", "use": "test", "kind": "song"}, "the kind of reply"),
        ({"says": "twin", "why": "denied"}, "mistaken for"),
        ({"says": "twin", "twin_of": "cure"}, "why it is none"),
        ({"text": " "}, "The text has 1 to 8,000 characters"),
        ({"use": "x"}, "what to use it as"),
    ],
)
def test_a_form_that_says_too_little_or_two_things_is_shown_again_as_it_was(console, visit, form, more, told):
    sent = form(sure="yes", **{"words-2": "I could stop my medication", **more})

    answer = visit("reviewer").post("/review/correct", **sent)

    page = html.unescape(answer.text)
    assert answer.status_code == 400 and collected(console) == []
    assert told in page.partition('role="alert"')[2].partition("</p>")[0]
    assert 'aria-label="Console"' in page and 'value="I could stop my medication"' in page


def test_a_near_twin_carries_no_claim(console, visit, form):
    person = visit("reviewer")

    person.post("/review/correct", **form(says="twin", twin_of="guarantee", why="denied", sure="yes"))

    (content,) = collected(console)
    assert (content["kind"], content["claims"]) == ("twin", [])
    (twin,) = yaml.safe_load("ideas:\n" + files_of(person)["claims/guarantee.yml"])["ideas"][0]["twins"]
    assert twin == {"text": TEXT, "why": "denied"}


def test_a_text_as_long_as_a_visitor_may_send_can_be_corrected(console, visit, form):
    text = f"{TEXT} {'word ' * 1500}".strip()

    assert visit("reviewer").post("/review/correct", **form(text=text, sure="yes")).status_code == 303
    assert collected(console)[0]["text"] == text


def test_signs_that_no_file_can_hold_are_left_out_and_line_breaks_are_alike(console, visit, form):
    visit("reviewer").post("/review/correct", **form(text=f"\x1b{TEXT}\r\nbye\x07\ufffd", sure="yes"))

    assert collected(console)[0]["text"] == f"{TEXT}\nbye"


def test_a_question_kept_for_testing_says_which_reply_is_right(visit, form):
    person = visit("reviewer")
    more = {"says": "situation", "situation": "msc/results", "kind": "answer", "fact": "msc-effects"}

    person.post("/review/correct", **form(use="evaluation", sure="yes", **more))

    row = json.loads(files_of(person)["reviewed-questions.jsonl"])
    assert row["expect"] == {"kind": "answer", "facts": ["msc-effects"]}


def test_all_claims_stand_in_the_row_that_is_kept_for_testing(visit, form):
    person = visit("reviewer")

    person.post("/review/correct", **form(use="evaluation", sure="yes"))

    row = json.loads(files_of(person)["reviewed-claims.jsonl"])
    assert {claim["type"]: claim["mode"] for claim in row["claims"]} == dict.fromkeys(WORDS, "reported")
    assert row["flagged"] is True


def test_the_list_of_corrections_shows_all_that_was_chosen(visit, form):
    person = visit("reviewer")
    person.post("/review/correct", **form(sure="yes"))

    page = person.get("/review/corrections").text

    for type in WORDS:
        assert f"{type}, reported" in page
