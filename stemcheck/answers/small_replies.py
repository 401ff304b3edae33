"""Replies that are one wording and a few buttons: small talk, an invitation, a subject that the source does not cover."""

from stemcheck.answers.answer import Answer
from stemcheck.answers.memory import Memory, Voice
from stemcheck.answers.suggestions import MOST, suggest_facts, suggest_next
from stemcheck.content.library import Library

# the reply to each intent of small talk, and to words of a guided check when none is running
SMALL_TALK = {
    "greet": "greet",
    "goodbye": "goodbye",
    "thanks": "thanks",
    "ask_bot": "ask-bot",
    "ask_capabilities": "capabilities",
    "how_are_you": "how-are-you",
    "compliment": "compliment",
    "complaint": "complaint",
    "acknowledge": "acknowledge",
    "affirm": "affirm-open",
    "deny": "deny-open",
    "figure_of_speech": "figure-of-speech",
    "other_language": "not-english",
    "share_doubt": "share-doubt",
    "share_story": "share-story",
    "paste_advert": "paste-advert",
    "stop": "nothing-running",
    "go_back": "nothing-running",
    "skip": "nothing-running",
    "not_sure": "affirm-open",
    "start_again": "started-again",
}

LEAST_CHOICES = 2  # one alone is no choice
# what a visitor might ask first
FIRST_FACTS = ("stem-cell-definition", "no-approved-therapy", "ahsct-evidence")
# small talk after which the visitor is shown what can be asked
WITH_BUTTONS = frozenset(
    {
        "greeting",
        "greet",
        "capabilities",
        "no-context",
        "complaint",
        "figure-of-speech",
        "affirm-open",
        "share-doubt",
        "share-story",
    }
)


def greeting(library: Library) -> Answer:
    """Return the first message of a conversation: what this is, that it is no doctor, and from which document it speaks."""
    return small_talk(library, "greeting", Memory())[0]


def small_talk(library: Library, reply: str, memory: Memory) -> tuple[Answer, Memory]:
    """Return the reply with this id. The topic stays in mind, so that a "thanks" does not end it."""
    voice = Voice(library, memory)
    text = voice.say(reply)
    buttons = (
        (*suggest_facts(library, FIRST_FACTS[1:]), *suggest_next(library, "paste-advert"))
        if reply in WITH_BUTTONS
        else ()
    )
    return Answer("smalltalk", text, suggestions=tuple(buttons)), voice.remember(memory)


def decline(library: Library, topic: str, memory: Memory) -> tuple[Answer, Memory]:
    """Return that the source does not say this, who can help, and what can be answered instead."""
    voice = Voice(library, memory)
    text = voice.decline(topic)
    suggestions = suggest_facts(library, library.topics[topic].suggestions)
    return Answer("out-of-scope", text, suggestions=suggestions), voice.remember(
        memory, kind="out-of-scope", topic=topic
    )


def ask_back(library: Library, fact_ids: list[str], memory: Memory, *, lead: str = "ask-back") -> tuple[Answer, Memory]:
    """Return a question back, with two or three choices as buttons: better than a guess."""
    voice = Voice(library, memory)
    others = library.topics["unclear"].suggestions if len(fact_ids) < LEAST_CHOICES else ()
    choices = tuple(dict.fromkeys((*fact_ids, *others)))[:MOST]
    answer = Answer("out-of-scope", voice.say(lead), suggestions=suggest_facts(library, choices))
    return answer, voice.remember(memory, topic="unclear", listed=choices)


def failure(library: Library, reply: str = "error-down") -> Answer:
    """Return the honest reply when something behind the web service does not work."""
    return Answer("error", library.replies[reply].variants[0])
