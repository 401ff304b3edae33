"""Every story in this process; some over the chat API of the real service; those of one message by Rasa's own test run.

To see all that Rasa reads wrongly, and not only the first, leave out --fail-on-prediction-errors, and look at failed_test_stories.yml:
python tests/conversations/rasa_without_spans.py test core --e2e --model models/stemcheck.tar.gz --stories <the file>
"""

import json
import subprocess
import sys

import pytest

from stemcheck.cli.run import environment
from stemcheck.settings import ROOT, Settings
from tests.conversations.conversation import Conversation, Replies
from tests.conversations.expectations import find_faults, find_long_replies
from tests.conversations.stories import FOLDER, Story, Turn, load_stories
from tests.library import LIBRARY

STORIES = load_stories()
TOLD_OVER_SERVICE = [story for story in STORIES if story.over_service and not story.fault]
FIRST_MESSAGES = FOLDER / "test_first-messages.yml"


def told(story: Story):
    """Return the story as a parameter; with a known fault, it is expected to fail."""
    marks = [pytest.mark.xfail(reason=story.fault, strict=True)] if story.fault else []
    return pytest.param(story, marks=marks, id=str(story))


@pytest.mark.model
@pytest.mark.parametrize("story", [told(story) for story in STORIES])
def test_every_reply_is_as_the_story_says(story: Story, message_reader):
    settings = Settings(contact_name="", country="")
    conversation = Conversation(message_reader, LIBRARY, settings)
    reports, said = [], []

    for turn in story.turns:
        replies = conversation.say(turn.text)
        said.append("\n\n".join(message["text"] for message in replies.messages))
        wrong = [*faults_of_plan(turn, replies), *find_faults(turn.expected, replies.messages)]
        wrong += find_long_replies(replies.messages)
        if len(said) > 2 and len(set(said[-3:])) == 1:
            wrong.append("the same words for the third time running")
        reports += describe(turn, said[-1], wrong)

    assert not reports, "\n\n".join(["", *reports])


@pytest.mark.model
@pytest.mark.servers
@pytest.mark.timeout(180)
@pytest.mark.parametrize("story", TOLD_OVER_SERVICE, ids=str)
def test_service_replies_as_the_story_says(story: Story, api):
    conversation = api.open()
    reports = []

    for turn in story.turns:
        messages = conversation.say(turn.text)
        wrong = [*find_faults(turn.expected, messages), *find_long_replies(messages)]
        wrong += [f"a visitor sees {key!r}" for message in messages for key in ("rule",) if key in message]
        reports += describe(turn, "\n\n".join(message["text"] for message in messages), wrong)

    assert not reports, "\n\n".join(["", *reports])


@pytest.mark.model
@pytest.mark.servers
@pytest.mark.timeout(360)
def test_rasa_reads_first_messages_and_acts_as_the_stories_say(tmp_path):
    command = [sys.executable, FOLDER / "rasa_without_spans.py", "test", "core", "--e2e", "--no-plot"]
    model = Settings().models_folder / "stemcheck.tar.gz"
    command += ["--stories", FIRST_MESSAGES, "--model", model, "--fail-on-prediction-errors", "--out", tmp_path]

    done = subprocess.run(command, cwd=ROOT, env=environment(Settings()), capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    counts = json.loads((tmp_path / "story_report.json").read_text("utf-8"))["conversation_accuracy"]
    assert counts["correct"] == counts["total"] >= 20


def faults_of_plan(turn: Turn, replies: Replies) -> list[str]:
    """Return what is wrong with the rule, the actions, and the situations that were answered."""
    answered = set(replies.situations)
    checks = {
        f"the rule is {replies.rule}": not turn.rules or replies.rule in turn.rules,
        f"the actions are {list(replies.actions)}": not turn.actions or replies.actions == turn.actions,
        f"answered is {sorted(answered)}": set(turn.expected.get("situations", ())) <= answered,
        f"{turn.intent} is not what is answered, but {sorted(answered)}": _is_intent_answered(turn, replies),
    }
    return [fault for fault, is_right in checks.items() if not is_right]


def describe(turn: Turn, text: str, wrong: list[str]) -> list[str]:
    """Return a paragraph on a turn that is wrong, or nothing."""
    return [f"Visitor: {turn.text}\nReply: {text}\nWrong: {'; '.join(wrong)}"] if wrong else []


def _is_intent_answered(turn: Turn, replies: Replies) -> bool:
    """Tell whether an answer is one to the story's situation, or to one of its group; another action answers none."""
    answered = {turn.intent for name in replies.situations if turn.intent in (name, name.partition("/")[0])}
    return bool(answered) or not replies.actions[0].startswith("action_answer")
