"""What backs a reply: facts with their section, guidance with its page, updates in full once and then in a line."""

from datetime import date

import pytest

from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.replies import citations
from stemcheck.replies.citations import cite, cite_markers, overdue_note, updates_paragraphs
from tests.turns import LIBRARY

UPDATED = [fact.id for fact in LIBRARY.facts.values() if fact.updates]


@pytest.mark.parametrize("fact", LIBRARY.facts.values(), ids=LIBRARY.facts)
def test_fact_comes_with_source_section_and_date_of_review(fact):
    cited = cite_markers(LIBRARY, [fact.id])

    (source,), (citation,) = cited["sources"], cited["citations"]
    assert cited["facts"] == (fact.id,)
    assert source["section"] == citation["section"] == fact.section.title
    assert source["reviewed_on"] == citation["reviewed_on"] == "2026-11-20"
    assert source["publisher"] == "MS International Federation (MSIF)"
    assert citation["statement"] == fact.statement


def test_guidance_comes_with_publisher_address_and_the_day_it_was_read():
    for name, guidance in LIBRARY.guidance.items():
        cited = cite_markers(LIBRARY, [f"guidance:{name}"])

        (source,), (citation,) = cited["sources"], cited["citations"]
        assert (cited["guidance"], cited["facts"], cited["updates"]) == ((name,), (), ())
        assert (source["publisher"], source["url"]) == (guidance.source.publisher, str(guidance.source.address))
        assert source["reviewed_on"] == guidance.read_on.isoformat()
        assert (citation["source"], citation["statement"]) == (source["id"], guidance.text)


def test_page_behind_two_statements_is_one_source_that_both_name():
    pages = {}
    for item in LIBRARY.guidance.values():
        pages.setdefault(str(item.source.address), []).append(item.id)
    shared = next(ids for ids in pages.values() if len(ids) > 1)[:2]

    cited = cite_markers(LIBRARY, [f"guidance:{name}" for name in shared])

    (source,) = cited["sources"]
    assert [citation["source"] for citation in cited["citations"]] == [source["id"]] * 2


@pytest.mark.parametrize("fact", UPDATED)
def test_update_is_told_in_full_once_and_then_in_its_line(fact):
    first = cite(LIBRARY, [fact])["updates"]
    again = cite(LIBRARY, [fact], told=[update["id"] for update in first])["updates"]

    for update, shorter in zip(first, again, strict=True):
        stored = LIBRARY.updates[update["id"]]
        assert (update["text"], update["advice"]) == (stored.text, stored.advice)
        assert (shorter["text"], shorter["advice"]) == (stored.line, "")
        assert update["sources"] == shorter["sources"]


def test_update_that_the_reply_weaves_in_is_cited_and_not_said_again():
    markers = ["ahsct-evidence", "update:ahsct-accepted"]

    cited = cite_markers(LIBRARY, markers)

    assert [update["id"] for update in cited["updates"]] == ["ahsct-accepted"]
    assert updates_paragraphs(cited["updates"], woven=markers) == []
    assert updates_paragraphs(cited["updates"]) == [f"{cited['updates'][0]['text']} {cited['updates'][0]['advice']}"]


def test_fact_without_an_update_tells_none():
    plain = next(fact.id for fact in LIBRARY.facts.values() if not fact.updates)

    assert cite(LIBRARY, [plain])["updates"] == ()


def test_overdue_source_is_said_so(monkeypatch):
    class Later(date):
        @classmethod
        def today(cls):
            return cls(2030, 1, 1)

    monkeypatch.setattr(citations, "date", Later)
    sources = cite(LIBRARY, ["mesems"])["sources"]

    note = overdue_note(WordingPicker(LIBRARY, DialogueState()), sources)

    assert sources[0]["overdue"] is True
    assert sources[0]["review_due"] in note


def test_source_in_time_has_no_note():
    sources = cite(LIBRARY, ["mesems"])["sources"]

    assert overdue_note(WordingPicker(LIBRARY, DialogueState()), sources) == ""
