"""What would it answer today: read again in its conversation, every reply compared, nothing of a fault told but its place."""

import html
import re

import pytest

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.conversation.reading import Reading
from stemcheck.web.review.choices import CLAIM_TITLE
from tests.console import change_console


@pytest.fixture
def reads(console):
    """Let the replay read with this function, which stands for the assistant; what it was asked is returned."""

    def use(understand, is_live=True):
        asked = []

        def read(text, metadata):
            asked.append((text, metadata))
            return understand(text), is_live

        change_console(console.app, load_reader=lambda: read)
        return asked

    return use


def test_replay_shows_what_would_be_different_today(console, visit, reads):
    reads(lambda text: Reading(text, (("msc/results", 0.99),)))

    page = visit("viewer").get("/review/replay?id=asked&turn=2").text

    titles = [console.library.situations[id].title for id in ("money/what-does-it-cost", "msc/results")]
    assert row_of(page, "Situation") == (True, titles)
    assert row_of(page, "Rule") == (False, ["answer", "answer"])
    assert row_of(page, "Facts")[1][0] == "none" and row_of(page, "Facts")[1][1] != "none"


def test_replay_knows_what_was_said_before(console, visit, tools, reads):
    state = {"kind": "answer", "situations": ["msc/mesems"], "used": {}}
    slot = {"event": "slot", "name": "dialogue_state", "value": state, "timestamp": tools.now + 50}
    first = tools.events_of("What is MESEMS?", tools.now + 49, number=20, channel="rest")
    later = {"event": "slot", "name": "dialogue_state", "value": {"situations": ["msc/results"]}}
    later["timestamp"] = tools.now + 70
    second = tools.events_of("What did it find?", tools.now + 60, number=21, channel="rest")
    second[1]["metadata"]["region"] = "DE"
    tools.save(console.engine, "two", [*first, slot, *second, later])
    asked = reads(lambda text: Reading(text, (("msc/mesems-result", 0.99),)))
    with console.engine.connect() as connection:
        turn = connection.exec_driver_sql("SELECT max(id) FROM turns WHERE conversation_id = 'two'").scalar()

    page = visit("viewer").get(f"/review/replay?id=two&turn={turn}").text

    title = console.library.situations["msc/mesems"].title
    assert asked == [("What did it find?", {"topic": title, "region": "DE"})]
    assert "with what was said before it" in page


def test_replay_says_when_the_model_read_in_the_console(visit, reads):
    reads(lambda text: Reading(text, (("msc/results", 0.99),)), is_live=False)

    assert "The assistant does not answer just now" in visit("viewer").get("/review/replay?id=asked&turn=2").text


RULE = "claim-stops-medicine"
SENTENCE = "They said I can stop my tablets because stem cells replace them."


@pytest.fixture
def routed(console, tools):
    """A turn that a rule sent to a safety card although the model took it for something else; returns its id."""
    claim = tools.claim_of(SENTENCE, "I can stop my tablets", type="stop-medication")
    card = {"id": "stopped-medicine", "degree": "today"}
    reply = {"kind": "safety", "text": "Do not stop.", "card": card, "rule": RULE}
    read_as = {"situation": "claim", "confidence": 0.2, "claims": [claim], "reply": reply}
    happened = tools.events_of(SENTENCE, tools.now + 70, **read_as, number=80, channel="rest")
    verdict = {
        "kind": "verdict",
        "text": "It is not true.",
        "facts": ["no-approved-therapy"],
        "claims": [],
        "rule": RULE,
    }
    happened.append({"event": "bot", "text": "", "timestamp": tools.now + 71, "data": {"custom": verdict}})
    tools.save(console.engine, "routed", happened)
    with console.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT id FROM turns WHERE conversation_id = 'routed'").scalar()


def row_of(page, name):
    row = re.search(rf'<th scope="row">{name}.*?</tr>', page, re.DOTALL)[0]
    return "different" in row, [
        html.unescape(cell) for cell in re.findall(r'<td class="lines">(.*?)</td>', row, re.DOTALL)
    ]


def test_replay_compares_what_the_model_said_and_not_where_a_rule_sent_it(visit, reads, routed):
    reads(lambda text: Reading(text, (("claim", 0.2),), safety="stopped-medicine"))

    page = visit("viewer").get(f"/review/replay?id=routed&turn={routed}").text

    assert row_of(page, "Situation") == (False, [CLAIM_TITLE, CLAIM_TITLE])
    assert row_of(page, "Safety card") == (False, ["stopped-medicine", "stopped-medicine"])


def test_replay_compares_every_reply(visit, reads, routed):
    start = SENTENCE.index("I can")
    claim = FoundClaim("stop-medication", "reported", start, start + 21, "I can stop my tablets", 0.99, True)
    reads(lambda text: Reading(text, (("claim", 0.9),), claims=(claim,)))

    page = visit("viewer").get(f"/review/replay?id=routed&turn={routed}").text

    assert row_of(page, "Kind of reply")[1] == ["safety, verdict", "safety, verdict"]
    then, now = row_of(page, "Reply")[1]
    assert then == "Do not stop.\n\nIt is not true." and len(now) > 200
    assert row_of(page, "Facts")[1][0] == "no-approved-therapy"
    assert row_of(page, "Rule") == (False, [f"{RULE}, {RULE}", f"{RULE}, {RULE}"])


def test_confidence_is_the_models_also_where_a_rule_sent_the_message_elsewhere(visit, routed):
    person = visit("viewer")

    assert "confidence 20 %" in person.get("/review/conversation?id=routed").text
    assert SENTENCE in person.get("/review/?queue=unsure").text
    assert SENTENCE in person.get("/review/search?sure_to=30").text


def test_replay_without_a_model_says_so(visit):
    page = visit("viewer").get("/review/replay?id=asked&turn=2")
    assert page.status_code == 200 and "no trained model" in page.text


def test_of_a_fault_of_ours_only_the_kind_is_logged(console, visit, reads, caplog):
    def fail(text):
        raise AssertionError(text)

    reads(fail)

    answer = visit("viewer").get("/review/replay?id=asked&turn=2")

    assert answer.status_code == 500 and "Something went wrong on our side" in answer.text
    assert "AssertionError at replay.py:" in caplog.text and "transplant cost" not in caplog.text
