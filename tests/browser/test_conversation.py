"""What a visitor can do in a conversation."""

import json

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.servers]

CLAIM = "Stem cells cure MS."
CHECK = "Check a clinic with me"  # as the button says
ADVERT = (
    "Our clinic cures MS with your own stem cells. There are no side effects and no risk at all. 95% of our patients walk "
    "again. Our treatment is approved. Maria threw away her wheelchair after a week. We treat all kinds of MS, and autism "
    "as well. Pay in advance and get a guarantee of success. Book now: only 3 places left for $25,000!"
)


def test_chat_opens_with_a_greeting(widget):
    expect(widget.replies).to_have_count(1)
    expect(widget.replies.first.get_by_role("button").first).to_be_visible()


def test_claim_gets_a_card_with_label_icon_and_the_words_of_the_visitor(widget):
    with widget.page.expect_response("**/messages") as answer:
        reply = widget.say(CLAIM)

    claim = answer.value.json()["messages"][0]["claims"][0]
    expect(reply.locator(".verdict")).to_contain_text(claim["verdict_label"])
    expect(reply.locator(".verdict svg")).to_be_visible()
    expect(reply.locator("blockquote")).to_have_text(CLAIM)


def test_sources_open_behind_a_native_disclosure(widget):
    reply = widget.say(CLAIM)

    place = reply.locator("details").first
    expect(place.locator("li").first).to_be_hidden()
    place.locator("summary").click()

    expect(place.locator("li").first).to_contain_text("section")
    expect(place.locator("li").first).to_contain_text("reviewed")
    expect(place.get_by_role("link").first).to_have_attribute("href", "https://www.msif.org/")


def test_update_is_set_apart_from_the_old_source(widget):
    reply = widget.say(CLAIM)

    expect(reply.locator(".update")).to_contain_text("Newer than our source")
    expect(reply.locator(".card")).not_to_contain_text("present page")


def test_advert_report_lists_claims_silences_and_questions(widget):
    reply = widget.say(ADVERT)

    expect(reply.get_by_role("heading", name="What the text claims")).to_be_visible()
    assert reply.locator(".card").count() > 3
    expect(reply.get_by_role("heading", name="What the text leaves out")).to_be_visible()
    expect(reply.get_by_role("heading", name="Questions to ask")).to_be_visible()
    assert reply.locator("ol > li").count() > 0


def test_a_claim_of_the_report_leads_to_its_words_in_the_text(widget):
    card = widget.say(ADVERT).locator(".card").nth(1)
    card.get_by_role("button", name="Show in my text").click()

    mark = widget.mine.last.locator("mark")
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_text(card.locator("blockquote").inner_text().strip("“”"))


def test_report_is_printed_alone_and_complete(widget):
    reply = widget.say(ADVERT)
    reply.get_by_role("button", name="Print").click()
    widget.page.emulate_media(media="print")

    paper = widget.host.locator("iframe").content_frame.locator("body")
    expect(paper).to_contain_text("Questions to ask")
    expect(paper.locator("details[open]").first).to_be_attached()
    expect(paper.locator("details:not([open])")).to_have_count(0)
    assert "Show in my text" not in paper.inner_text()


def test_clinic_check_shows_its_steps_and_goes_back(widget):
    widget.say(CHECK)
    expect(widget.replies.last.get_by_role("progressbar")).to_have_accessible_name("Question 1 of 8")

    widget.say("Yes")
    expect(widget.replies.last.get_by_role("progressbar")).to_have_accessible_name("Question 2 of 8")
    before = widget.replies.count()
    widget.button("Back").click()

    reply = widget.next_reply(before)
    expect(reply.get_by_role("progressbar")).to_have_accessible_name("Question 1 of 8")


def test_clinic_check_ends_with_a_list_of_what_deserves_a_second_look(widget):
    widget.say(CHECK)
    for _ in range(8):
        reply = widget.say("No")

    expect(reply.get_by_role("heading", name="Worth a second look")).to_be_visible()
    expect(reply.get_by_role("heading", name="Questions to ask")).to_be_visible()
    expect(reply.get_by_role("button", name="Print")).to_be_visible()


def test_safety_card_stands_out_and_can_be_called(widget):
    reply = widget.say("I want to kill myself")

    alarm = reply.locator(".alarm")
    expect(alarm).to_be_in_viewport()
    numbers = alarm.locator("a[href^='tel:']").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert "tel:116123" in numbers  # the digits of "Samaritans 116 123"
    expect(widget.button("Get help now")).to_be_visible()


def test_safety_card_stays_one_tap_away(widget):
    widget.say("I want to kill myself")
    widget.say(ADVERT)

    widget.button("Get help now").click()

    expect(widget.host.locator(".alarm h4")).to_be_in_viewport()


def test_strip_goes_when_the_talk_has_moved_on(widget):
    widget.say("I want to kill myself")
    for text in ("What are stem cells?", "What is AHSCT?"):
        widget.say(text)
    expect(widget.button("Get help now")).to_be_visible()

    widget.say("What are mesenchymal stem cells?")

    expect(widget.button("Get help now")).to_be_hidden()
    expect(widget.host.locator(".alarm")).to_have_count(1)


def test_suggestion_is_sent_by_a_click(widget):
    suggestion = widget.host.locator(".suggestions button").first
    title = suggestion.inner_text()
    suggestion.click()

    widget.next_reply(1)
    assert len(widget.texts()) == 1
    expect(widget.host.locator(".suggestions button.used")).to_contain_text(title)


def test_old_suggestion_stays_readable_and_cannot_be_sent_again(widget):
    suggestion = widget.host.locator(".suggestions button").first
    suggestion.click()
    widget.next_reply(1)

    suggestion.click(force=True)
    expect(suggestion).to_have_attribute("aria-disabled", "true")
    expect(suggestion).to_contain_text("asked")
    assert len(widget.texts()) == 1


def test_thumb_and_comment_reach_the_service(widget):
    reply = widget.say(CLAIM)
    with widget.page.expect_request("**/feedback") as thumb:
        reply.get_by_role("button", name="No", exact=True).click()
    with widget.page.expect_request("**/feedback") as comment:
        reply.locator(".comment textarea").fill("Too long")
        reply.get_by_role("button", name="Send").click()

    assert json.loads(thumb.value.post_data)["helpful"] is False
    assert json.loads(comment.value.post_data)["comment"] == "Too long"
    expect(reply.locator(".tools")).to_contain_text("Thank you.")
    expect(reply.get_by_role("button", name="No", exact=True)).to_have_attribute("aria-pressed", "true")


def test_reply_can_be_copied(widget):
    widget.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reply = widget.say(CLAIM)

    reply.get_by_role("button", name="Copy").click()

    expect(reply.locator(".tools")).to_contain_text("Copied.")
    assert CLAIM in widget.page.evaluate("navigator.clipboard.readText()")


def test_start_again_begins_a_new_conversation(widget):
    widget.say(CLAIM)
    widget.button("Start again").click()
    widget.host.locator(".sheet .main").click()

    expect(widget.articles).to_have_count(1)
    expect(widget.mine).to_have_count(0)


def test_conversation_is_deleted_with_a_receipt(widget):
    widget.say(CLAIM)
    widget.button("About and your data").click()
    widget.button("Delete my conversation").click()
    widget.button("Delete my conversation").click()

    expect(widget.articles).to_have_count(1)
    expect(widget.articles).to_contain_text("Receipt: ")
    widget.button("Start again").click()
    expect(widget.host.locator(".suggestions")).to_be_visible()


def test_deleting_by_message_ends_the_conversation_too(widget):
    widget.say(CLAIM)
    receipt = {"conversation_id": "abc", "erased_at": "2026-01-02T03:04:05+00:00", "stores": {"turns": 1}}
    widget.answer_with(kind="privacy", action="erase", receipt=receipt, text="This chat is erased.")
    widget.type("Yes, erase it")

    expect(widget.articles).to_have_count(1)
    expect(widget.articles).to_contain_text("Receipt: abc")
    widget.mend()
    assert widget.say(CLAIM).locator(".card").count() == 1  # a new conversation begins by itself


def test_conversation_can_be_saved_as_text(widget):
    widget.say(CLAIM)
    widget.say("export my data")
    with widget.page.expect_download() as download:
        widget.button("Save the conversation as text").click()

    assert f"You: {CLAIM}" in download.value.path().read_text("utf-8")


def test_what_is_stored_is_one_tap_away(widget):
    widget.button("About and your data").click()

    sheet = widget.host.locator(".sheet")
    expect(sheet).to_contain_text("90 days")
    expect(sheet.get_by_role("button", name="Delete my conversation")).to_be_visible()
    expect(sheet.get_by_role("heading", name="Our source")).to_be_visible()


def test_box_grows_with_a_long_paste(widget):
    before = widget.input.bounding_box()["height"]
    widget.input.fill("A line of an advert.\n" * 5)

    assert widget.input.bounding_box()["height"] > before * 2


def test_length_is_counted_near_the_limit(widget):
    widget.input.fill("x" * 7900)

    expect(widget.host.locator(".count")).to_have_text("7,900 of 8,000 characters")


def test_too_long_is_said_before_sending(widget):
    widget.input.fill("🙂" * 8001)
    widget.input.press("Enter")

    expect(widget.host.locator(".count")).to_contain_text("Too long by 1 characters")
    expect(widget.mine).to_have_count(0)
