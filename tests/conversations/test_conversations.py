"""Every story twice: over the chat API of the real service, and by Rasa's own test run.

To see all that Rasa reads wrongly, and not only the first, leave out --fail-on-prediction-errors and look at failed_test_stories.yml:
python tests/conversations/rasa_without_spans.py test core --e2e --stories tests/conversations --model models/stemcheck.tar.gz
"""

import json
import subprocess
import sys

import pytest

from stemcheck.cli.run import environment
from stemcheck.settings import ROOT, Settings
from tests.conversations.stories import FOLDER, MARK, find_faults, load_stories

pytestmark = [pytest.mark.model, pytest.mark.servers]

STORIES = load_stories()


@pytest.mark.parametrize("story", STORIES, ids=[f"{story.topic}: {story.name}" for story in STORIES])
def test_every_reply_is_as_the_story_says(story, api):
    conversation = api.open()
    said, faults = [], []

    for turn in story.turns:
        reply, *following = conversation.say(turn.text.removeprefix(MARK))
        wrong = find_faults(turn, reply)
        if [message["kind"] for message in following] != turn.expected.get("then", []):
            wrong.append(f"what follows is {[message['kind'] for message in following]}")
        if [reply["text"]] * 2 == said[-2:]:
            wrong.append("the same words for the third time running")
        said.append(reply["text"])
        if wrong:
            faults.append(f"Visitor: {turn.text}\nReply ({reply['kind']}): {reply['text']}\nWrong: {'; '.join(wrong)}")

    assert not faults, "\n\n".join(["", *faults])


def test_rasa_reads_every_message_as_the_story_says(tmp_path):
    command = [sys.executable, FOLDER / "rasa_without_spans.py", "test", "core", "--e2e", "--no-plot"]
    model = Settings().models_folder / "stemcheck.tar.gz"
    command += ["--stories", FOLDER, "--model", model, "--fail-on-prediction-errors", "--out", tmp_path]

    done = subprocess.run(command, cwd=ROOT, env=environment(Settings()), capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    counts = json.loads((tmp_path / "story_report.json").read_text("utf-8"))["conversation_accuracy"]
    assert counts["correct"] == counts["total"] > 100
