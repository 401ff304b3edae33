"""A list shows the message that put a conversation there, marks what was looked for, and leads to it."""

import re

import pytest
import sqlalchemy as sa

from stemcheck.storage.database import create_engine, transaction
from stemcheck.storage.exchanges import begin_exchange, end_exchange
from stemcheck.storage.feedback import give_feedback
from stemcheck.storage.migrate import migrate
from stemcheck.storage.review_excerpts import excerpts_of_queue
from stemcheck.storage.review_tables import turns
from stemcheck.web.review.excerpts import mark_hits
from tests.web.review.person import unmarked

REASONS = {
    "safety": ("I want to die", {"reply": {"kind": "safety", "card": {"id": "crisis"}}}),
    "person": ("Can I talk to somebody?", {"reply": {"kind": "handoff"}}),
    "thumbs_down": ("What is a stem cell?", {}),
    "unsure": ("Does it hurt in the wheelchair?", {"reply": {"kind": "out-of-scope"}}),
    "possible": ("They seemed sure of it", {"possible": [{"type": "cure", "start": 0, "end": 4}]}),
    "flagged": ("We cure MS", {"reply": {"claims": [{"type": "cure", "verdict": "not-supported", "flagged": True}]}}),
}
LATER = "thank you"


def fill(engine, tools):
    """A conversation for each queue: its reason, and then two messages that are none."""
    for number, (queue, (text, more)) in enumerate(REASONS.items()):
        for place, (said, how) in enumerate(((text, more), ("Yes", {}), (LATER, {}))):
            at = tools.now + 100 * number + place
            happened = tools.events_of(said, at, number=f"{queue}{place}", channel="rest", **how)
            tools.save(engine, queue, happened)
    with transaction(engine) as connection:
        begin_exchange(connection, "thumbs_down", "cthumbs_down0", REASONS["thumbs_down"][0], "x", tools.now)
        end_exchange(connection, "thumbs_down", "cthumbs_down0", [{"id": "r-1", "kind": "answer", "text": "A."}], 1.0)
        give_feedback(connection, "thumbs_down", "r-1", False, "", 2.0)


@pytest.mark.parametrize("queue", REASONS)
def test_a_queue_shows_the_message_that_is_its_reason_and_leads_to_it(console, visit, tools, queue):
    fill(console.engine, tools)
    with console.engine.connect() as connection:
        chosen = sa.select(turns.c.id).where(turns.c.conversation_id == queue, turns.c.text == REASONS[queue][0])
        turn = connection.execute(chosen).scalar()

    page = visit("viewer").get(f"/review/?queue={queue}").text

    (place,) = re.findall(rf'href="(/review/conversation\?id={queue}&[^"]*)">([^<]*)</a>', page)
    assert place == (
        f"/review/conversation?id={queue}&amp;queue={queue}&amp;turn={turn}#turn-{turn}",
        REASONS[queue][0],
    )


def test_both_databases_find_the_same_reasons(database_url, tools):
    engine = create_engine(database_url)
    migrate(engine)
    fill(engine, tools)

    with engine.connect() as connection:
        found = {queue: excerpts_of_queue(connection, queue, list(REASONS))[queue].text for queue in REASONS}
        newest = excerpts_of_queue(connection, "unreviewed", list(REASONS))
    engine.dispose()

    assert found == {queue: text for queue, (text, _) in REASONS.items()}
    assert {excerpt.text for excerpt in newest.values()} == {LATER}


def test_a_search_shows_the_message_that_fits_with_the_hit_marked(console, visit, tools):
    fill(console.engine, tools)

    page = visit("viewer").get("/review/search?text=wheelc").text.partition('id="found"')[2]

    assert '<mark class="hit">wheelchair</mark>' in page and LATER not in page
    assert "Does it hurt in the wheelchair?" in unmarked(page) and "#turn-" in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("text=wheelchair", "1 conversation"),
        ("", "4 conversations"),
        ("kind=verdict", "1 conversation"),
        ("text=zzz", "0 conversations"),
    ],
)
def test_a_search_says_how_many_conversations_fit(console, visit, tools, query, told):
    if "wheelchair" in query:
        fill(console.engine, tools)

    assert f'<h2 id="found">{told}</h2>' in visit("viewer").get(f"/review/search?{query}").text


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("cure", ["cures", "cure"]),
        ('"we cure"', ["we cure"]),
        ("WE", ["we"]),
        ("", []),
        ("a*(", []),
        ("zzz", []),
        ("ünï", ["ünïcode"]),
    ],
)
def test_hits_are_marked_as_the_index_finds_them(asked, hits):
    text = "it cures: we cure MS, secure ünïcode"

    pieces = mark_hits(text, asked)

    assert [piece.text for piece in pieces if piece.is_hit] == hits
    assert "".join(piece.text for piece in pieces) == text


def test_a_long_text_is_shortened_around_its_hit():
    pieces = mark_hits("word " * 200 + "wheelchair " + "more " * 200, "wheelchair")

    whole = "".join(piece.text for piece in pieces)
    assert whole.startswith("… ") and whole.endswith(" …") and "wheelchair" in whole and len(whole) < 200
