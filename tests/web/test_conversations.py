"""A message counts once, however often it is sent; messages of one conversation come one after the other."""

import threading
import time

from tests.api_client import ApiClient, error_code
from tests.web.fake_rasa import ANSWER, answer, send


def slowly(seconds):
    def behave(handler, message):
        time.sleep(seconds)
        answer(handler, message)

    return behave


def test_conversation_begins_with_the_greeting(api):
    conversation = api.open()

    assert [message["kind"] for message in conversation.greeting] == ["smalltalk"]
    assert conversation.transcript() == conversation.greeting


def test_message_gets_its_reply_with_an_id_and_a_time(conversation):
    (message,) = conversation.say("What is a stem cell?")

    assert message["text"] == "Reply to What is a stem cell?"
    assert message["id"]
    assert message["sent_at"].endswith("+00:00")


def test_same_message_again_gets_the_same_reply(conversation, rasa):
    first = conversation.say("What is a stem cell?", "a")

    assert conversation.say("What is a stem cell?", "a") == first
    assert len(rasa.messages) == 1
    assert len(conversation.transcript()) == 3


def test_blanks_around_a_text_make_no_other_message(conversation):
    assert conversation.say("  hello \n", "a") == conversation.say("hello", "a")


def test_same_message_at_the_same_time_is_answered_once(conversation, rasa, at_once):
    rasa.behave = slowly(0.3)

    replies = at_once(*[lambda: conversation.say("What is a stem cell?", "a")] * 6)

    assert all(reply == replies[0] for reply in replies)
    assert len(rasa.messages) == 1
    assert len(conversation.transcript()) == 3


def test_same_message_at_two_processes_at_the_same_time_is_refused_by_none(start, rasa, at_once):
    services = [start(), start()]
    visitor = ApiClient(http=services[0]).open()
    both = [ApiClient(http=http).again(visitor) for http in services]

    for number in range(10):
        answers = at_once(
            *[lambda one=one, number=number: one.post({"id": f"m{number}", "text": "hello"}) for one in both]
        )

        assert [response.status_code for response in answers] == [200, 200]


def test_id_with_another_text_is_refused(conversation, rasa):
    conversation.say("What is a stem cell?", "a")

    response = conversation.post({"id": "a", "text": "Something else"})

    assert response.status_code == 409
    assert error_code(response) == "id-reused"
    assert len(rasa.messages) == 1


def test_id_with_another_text_at_the_same_time_is_refused(conversation, rasa, at_once):
    rasa.behave = slowly(0.3)

    responses = at_once(
        lambda: conversation.post({"id": "a", "text": "One"}), lambda: conversation.post({"id": "a", "text": "Two"})
    )

    assert sorted(response.status_code for response in responses) == [200, 409]
    assert len(rasa.messages) == 1


def test_messages_are_answered_in_the_order_in_which_they_came(start, rasa, at_once):
    conversation = ApiClient(http=start(reply_seconds=5)).open()
    rasa.behave = slowly(0.5)

    def later(number):
        time.sleep(number * 0.3)
        return conversation.say(f"Message {number}", str(number))

    replies = at_once(*[lambda number=number: later(number) for number in range(4)])

    assert [reply[0]["text"] for reply in replies] == [f"Reply to Message {number}" for number in range(4)]
    assert [message["message"] for message in rasa.messages] == [f"Message {number}" for number in range(4)]


def test_two_conversations_do_not_wait_for_each_other(start, rasa, at_once):
    api = ApiClient(http=start(reply_seconds=5))
    conversations = [api.open() for _ in range(3)]
    together = threading.Barrier(3, timeout=4)

    def when_all_are_there(handler, message):
        together.wait()
        answer(handler, message)

    rasa.behave = when_all_are_there

    replies = at_once(*[lambda one=one: one.say("hello") for one in conversations])

    assert [reply[0]["kind"] for reply in replies] == ["answer"] * 3


def test_too_many_waiting_messages_are_refused_and_can_be_sent_again(conversation, rasa, at_once):
    rasa.behave = slowly(0.3)

    responses = at_once(*[lambda n=n: conversation.post({"id": str(n), "text": "hello"}) for n in range(7)])

    refused = [response for response in responses if response.status_code == 503]
    assert len(refused) == 2
    assert {error_code(response) for response in refused} == {"full"}
    assert all(int(response.headers["retry-after"]) > 0 for response in refused)
    assert conversation.say("hello", "again")[0]["kind"] == "answer"


def test_reply_of_several_messages_comes_whole(conversation, rasa):
    two = [{"custom": {**ANSWER, "text": text}} for text in ("One", "Two")]
    rasa.behave = lambda handler, _: send(handler, two)

    assert [message["text"] for message in conversation.say("hello")] == ["One", "Two"]


def test_rasa_is_told_who_and_which_message(conversation, rasa):
    conversation.say("hello", "a")

    (message,) = rasa.messages
    assert (message["sender"], message["message"]) == (conversation.id, "hello")
    assert message["metadata"]["client_id"] == "a"


def test_thumb_is_taken(conversation):
    (message,) = conversation.say("hello")

    response = conversation.thumb(message["id"], False, comment="wrong")

    assert response.status_code == 200
    assert response.json() == {"message_id": message["id"], "helpful": False}


def test_thumb_on_somebody_elses_message_is_refused(api, conversation):
    (message,) = conversation.say("hello")

    response = api.open().thumb(message["id"])

    assert (response.status_code, error_code(response)) == (404, "not-found")


def test_erasing_gives_a_receipt(conversation):
    conversation.say("hello")

    receipt = conversation.erase().json()["receipt"]

    assert receipt["conversation_id"] == conversation.id
    assert receipt["erased_at"]
    assert receipt["stores"]["exchanges"] == 2
    assert receipt["stores"]["conversations"] == 1


def test_conversation_erased_while_it_is_answered_does_not_come_back(conversation, rasa, at_once, http):
    rasa.behave = slowly(0.4)

    def erase_soon():
        time.sleep(0.15)
        return conversation.erase()

    reply, erased = at_once(lambda: conversation.post({"id": "a", "text": "hello"}), erase_soon)

    assert (reply.status_code, erased.status_code) == (200, 200)
    assert error_code(conversation.post({"id": "b", "text": "hello"})) == "bad-token"


def test_reply_that_asks_to_erase_erases_and_gives_the_receipt(conversation, rasa):
    rasa.behave = lambda handler, _: send(handler, [{"custom": {**ANSWER, "kind": "privacy", "action": "erase"}}])

    (message,) = conversation.say("Yes, erase it")

    assert message["receipt"]["stores"]["conversations"] == 1
    assert error_code(conversation.post({"id": "b", "text": "hello"})) == "bad-token"


def test_personal_data_is_masked_in_the_transcript(conversation):
    conversation.say("I am jane@example.org")

    assert "jane" not in str(conversation.transcript())


def test_the_rule_that_chose_a_reply_is_not_told_to_visitors(rasa, conversation):
    reply = {**ANSWER, "rule": "answer", "guidance": ["g"]}
    rasa.behave = lambda handler, message: send(handler, [{"recipient_id": message["sender"], "custom": reply}])

    (message,) = conversation.say("hello")

    assert "rule" not in message and message["guidance"] == ["g"]
    assert all("rule" not in told for told in conversation.transcript())
