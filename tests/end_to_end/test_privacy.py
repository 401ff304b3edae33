"""What a visitor should not have typed reaches no disk and no log, and what is erased is gone."""

import pytest

from stemcheck.settings import ROOT
from tests.api_client import error_code

pytestmark = [pytest.mark.servers, pytest.mark.model, pytest.mark.timeout(180)]

SECRETS = ["jane.doe@example.org", "07700 900123", "943 476 5919", "4111 1111 1111 1111", "GB29NWBK60161331926819"]
TEXTS = [
    "My address is {}. What is a stem cell?",
    "A clinic told me to call {} and said that they cure MS with stem cells for good, without any risk.",
    "Forget it, {}",
]


def on_disk(service):
    files = [path for path in service.folder.iterdir() if path.is_file()]
    return b"".join(path.read_bytes() for path in files) + service.said().encode()


@pytest.mark.parametrize("secret", SECRETS)
def test_personal_data_never_reaches_a_disk_or_a_log(service, api, secret):
    conversation = api.open()

    for text in TEXTS:
        message, *_ = conversation.say(text.format(secret))
        conversation.thumb(message["id"], False, comment=f"call {secret}")
    conversation.say("So they lied?")

    assert secret.encode() not in on_disk(service)
    assert conversation.id.encode() in on_disk(service)


def test_visitors_words_are_in_no_log(service, api):
    api.open().say("My zebrafish plays the trampoline")

    assert "zebrafish" not in service.said()
    assert not any(b"zebrafish" in path.read_bytes() for path in (ROOT / "var" / "log").glob("*.log"))


def test_reply_points_at_the_claim_though_something_was_masked_before_it(api):
    text = "Mail jane.doe@example.org: our stem cells cure MS for good."

    (message,) = api.open().say(text)

    assert message["claims"]
    for claim in message["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["text"]


def test_erased_conversation_is_gone_from_the_file(service, api):
    conversation = api.open()
    conversation.say("What about quokkas and didgeridoos?")

    receipt = conversation.erase().json()["receipt"]

    assert receipt["stores"]["events"] > 0
    assert receipt["stores"]["turns"] == 1
    assert error_code(conversation.post({"id": "x", "text": "hello"})) == "bad-token"


def test_forget_me_erases_after_one_question_back(api):
    conversation = api.open()

    (question,) = conversation.say("forget me")
    (done,) = conversation.say("yes")

    assert question["kind"] == "privacy"
    assert done["receipt"]["stores"]["conversations"] == 1
    assert error_code(conversation.post({"id": "x", "text": "hello"})) == "bad-token"


def test_phone_numbers_of_a_safety_card_stand_in_the_transcript(api):
    conversation = api.open()
    (card,) = conversation.say("I want to kill myself")

    assert conversation.transcript()[-1] == card
    assert any("116 123" in number["number"] for number in card["card"]["numbers"])
