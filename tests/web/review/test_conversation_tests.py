"""A conversation test holds what the reviewer saw and ticked, worded as edited, and nothing else of the conversation."""

import io
import zipfile

import pytest
import sqlalchemy as sa

from stemcheck.content.correction_apply import apply_corrections
from stemcheck.storage.review_corrections import list_corrections
from stemcheck.storage.review_tables import turns

SAID = ("My name is Jane Doe", "I live in Leeds", "please ring me")


@pytest.fixture
def talk(console, tools):
    """Three messages of a visitor; returns their turn ids."""
    for number, text in enumerate(SAID):
        saved = tools.events_of(
            text, tools.now + 50 + number, situation="small-talk/greet", number=30 + number, channel="rest"
        )
        tools.save(console.engine, "talk", saved)
    with console.engine.connect() as connection:
        chosen = sa.select(turns.c.id).where(turns.c.conversation_id == "talk").order_by(turns.c.id)
        return list(connection.execute(chosen).scalars())


def collect(person, turn, **more):
    form = {"id": "talk", "turn": str(turn), "use": "test", "text": "please call", "says": "situation"}
    form["situation"] = "small-talk/greet"
    form |= {"kind": "smalltalk", "sure": "yes"}
    assert person.post("/review/correct", **form, **more).status_code == 303


def published(person, console, tmp_path):
    """Everything of the collected corrections that reaches a file, by download or by --apply."""
    packed = zipfile.ZipFile(io.BytesIO(person.get("/review/corrections.zip").content))
    with console.engine.connect() as connection:
        found = list_corrections(connection)
    (tmp_path / "data").mkdir()
    apply_corrections(tmp_path, found)
    files = [path.read_text() for path in tmp_path.rglob("*") if path.is_file() and path.suffix in (".yml", ".jsonl")]
    return "\n".join([*(packed.read(name).decode() for name in packed.namelist()), *files])


def test_the_form_shows_each_earlier_message_for_editing(visit, talk):
    page = visit("reviewer").get(f"/review/correct?id=talk&turn={talk[2]}").text

    for turn, text in zip(talk[:2], SAID[:2], strict=True):
        assert f'name="step-{turn}"' in page and f">{text}</textarea>" in page
    assert f'name="step-{talk[2]}"' not in page


def test_what_is_not_ticked_is_not_published(console, visit, talk, tmp_path):
    person = visit("reviewer")

    collect(person, talk[2])

    text = published(person, console, tmp_path)
    assert "please call" in text
    for said in SAID:
        assert said not in text


def test_an_earlier_message_is_published_as_it_was_edited(console, visit, talk, tmp_path):
    person = visit("reviewer")

    collect(person, talk[2], **{"with": str(talk[0]), f"step-{talk[0]}": "My name is somebody", f"step-{talk[1]}": "x"})

    text = published(person, console, tmp_path)
    assert "My name is somebody" in text and "please call" in text
    assert "Jane" not in text and "Leeds" not in text


def test_a_turn_of_another_conversation_cannot_be_smuggled_in(console, visit, talk, tmp_path):
    person = visit("reviewer")

    collect(person, talk[2], **{"with": "1", "step-1": "somebody else's"})

    assert "somebody else" not in published(person, console, tmp_path)
