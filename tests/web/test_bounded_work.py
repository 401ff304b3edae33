"""However many ask at once, only so much is done at once; an emergency gets its card all the same."""

import re
import threading
import time
from pathlib import Path

import pytest

from stemcheck.content.safety_rule import SafetyRule
from tests.api_client import ApiClient, error_code
from tests.web.fake_rasa import answer
from tests.web.test_failures import EMERGENCY

TEXT = {"text": "Our stem cells cure MS."}


class SlowFinder:
    """Stands for the network; it tells how many texts were read at once."""

    def __init__(self):
        self.now = self.most = self.calls = 0
        self._lock = threading.Lock()

    def find_claims(self, _text):
        with self._lock:
            self.calls += 1
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.2)
        with self._lock:
            self.now -= 1
        return []


@pytest.fixture
def slow_rasa(rasa):
    def behave(handler, message):
        time.sleep(0.8)
        answer(handler, message)

    rasa.behave = behave
    return rasa


def later(call, seconds=0.3):
    time.sleep(seconds)
    return call()


def test_few_texts_are_checked_at_once_and_few_wait(start, at_once):
    http, finder = start(checks_at_once=2), SlowFinder()
    http.app.state.load_spotter = lambda: finder

    answers = at_once(*[lambda: http.post("/api/check", json=TEXT)] * 20)

    refused = [response for response in answers if response.status_code == 503]
    assert finder.most == 2
    assert finder.calls == 20 - len(refused) == 10
    assert {error_code(response) for response in refused} == {"busy"}
    assert {response.headers["retry-after"] for response in refused} == {"5"}


def memory_mb():
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024


@pytest.mark.model
def test_twenty_long_texts_at_once_take_little_more_memory_than_one(start, at_once):
    http, told = (
        start(),
        "Patient {} of clinic {} says that the cells cured her MS for good, without pain, and she walks again. ",
    )
    texts = [{"text": "".join(told.format(row, clinic) for row in range(85))[:8000]} for clinic in range(20)]
    http.post("/api/check", json=texts[0])
    before = memory_mb()

    answers = at_once(*[lambda body=body: http.post("/api/check", json=body) for body in texts])

    assert {response.status_code for response in answers} == {200, 503}
    assert memory_mb() - before < 300


def test_a_check_that_fails_gives_its_place_back(start):
    http = start(checks_at_once=1)
    http.app.state.load_spotter = lambda: 1 / 0
    assert [http.post("/api/check", json=TEXT).status_code for _ in range(12)] == [500] * 12

    http.app.state.load_spotter = SlowFinder

    assert http.post("/api/check", json=TEXT).status_code == 200


def test_too_many_messages_of_all_visitors_are_refused_for_now(start, slow_rasa, at_once):
    api = ApiClient(http=start(messages_at_once=2))
    visitors = [api.open() for _ in range(3)]

    *answers, refused = at_once(
        *[lambda visitor=visitor: visitor.post({"id": "a", "text": "hello"}) for visitor in visitors[:2]],
        lambda: later(lambda: visitors[2].post({"id": "a", "text": "hello"})),
    )

    assert [response.status_code for response in answers] == [200, 200]
    assert error_code(refused) == "busy"
    assert refused.headers["retry-after"] == "5"
    assert visitors[2].say("hello", "a")[0]["kind"] == "answer"


def test_the_same_message_again_takes_no_second_place(start, slow_rasa, at_once):
    visitor = ApiClient(http=start(messages_at_once=1)).open()

    replies = at_once(*[lambda: visitor.say("hello", "a")] * 3)

    assert replies[0] == replies[1] == replies[2]
    assert len(slow_rasa.messages) == 1


def test_emergency_gets_its_card_though_too_many_ask(start, slow_rasa, at_once):
    api = ApiClient(http=start(messages_at_once=1))
    first, second = api.open(), api.open()

    _, (card,) = at_once(lambda: first.say("hello"), lambda: later(lambda: second.say(EMERGENCY)))

    assert card["kind"] == "safety"
    assert card["id"]
    assert card["card"]["numbers"]


def test_emergency_gets_its_card_though_five_messages_wait(start, slow_rasa, at_once):
    visitor = ApiClient(http=start()).open()

    *_, (card,) = at_once(*[lambda: visitor.say("hello")] * 5, lambda: later(lambda: visitor.say(EMERGENCY)))

    assert card["kind"] == "safety"


def test_emergency_gets_its_card_though_the_visitor_is_too_fast(start, rasa):
    visitor = ApiClient(http=start(rate_limits="on", visitor_messages_per_minute=1)).open()
    visitor.say("hello")

    (card,) = visitor.say(EMERGENCY)
    refused = visitor.post({"id": "b", "text": "hello"})

    assert card["kind"] == "safety"
    assert error_code(refused) == "too-fast"
    assert len(rasa.messages) == 1


def test_a_message_waits_in_line_no_longer_than_for_a_reply(start, slow_rasa, at_once, monkeypatch):
    monkeypatch.setattr("stemcheck.web.chat.DEADLINE", 1.5)
    visitor = ApiClient(http=start()).open()

    def timed(text):
        began = time.monotonic()
        return visitor.say(text)[0]["kind"], time.monotonic() - began

    *others, (kind, seconds) = at_once(
        *[lambda: timed("hello")] * 4, lambda: later(lambda: timed(EMERGENCY), seconds=0.1)
    )

    assert kind == "safety"
    assert max(seconds, *(taken for _, taken in others)) < 2.5


def test_the_rule_keeps_the_event_loop_free(start, rasa, monkeypatch):
    read_by, find = [], SafetyRule.find
    monkeypatch.setattr(
        SafetyRule, "find", lambda rule, text: read_by.append(threading.current_thread().name) or find(rule, text)
    )
    rasa.behave = lambda handler, _: handler.connection.close()

    ApiClient(http=start()).open().say("hello")

    assert [name.rpartition("_")[0] for name in read_by] == ["alarm"]
