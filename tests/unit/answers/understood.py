"""Messages as the pipeline understands them, made by hand."""

from stemcheck.answers.memory import Memory
from stemcheck.answers.respond import respond
from stemcheck.answers.understood import Understood
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import load_library
from stemcheck.settings import Settings

LIBRARY = load_library()
SETTINGS = Settings()


def claim(type="cure", mode="asserted", text="Our stem cells cure MS", start=0, **more):
    """Return a claim that was found."""
    return FoundClaim(type, mode, start, start + len(text), text, **more)


def ask(intent, memory=None, *, text="…", confidence=0.9, ranking=(), claims=(), settings=SETTINGS, **more):
    """Return the reply to a message of this intent, and the memory after it."""
    understood = Understood(text, ((intent, confidence), *ranking), claims=tuple(claims), **more)
    return respond(LIBRARY, settings, understood, memory or Memory())


def ask_in_turn(*intents):
    """Return the replies to messages that follow each other."""
    answers, memory = [], Memory()
    for intent in intents:
        answer, memory = ask(intent, memory)
        answers.append(answer)
    return answers
