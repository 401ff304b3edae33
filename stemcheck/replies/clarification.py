"""Replies when a message was not understood, or not in English; the greeting; and the honest word when something is down."""

from collections.abc import Mapping, Sequence

from stemcheck.content.library import Library
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.replies.citations import describe_source
from stemcheck.replies.situation_answer import buttons, fill

# what a visitor might ask first
FIRST = ("stem-cells/what-are-stem-cells", "ahsct/what-is-ahsct", "clinics/can-i-send-you-advert")
PUBLISHER_PAGE = "msif-stem-cells-present"

Outcome = tuple[Answer, DialogueState]


def greeting(library: Library) -> Answer:
    """Return the first message of a conversation: what this is, that it is no doctor, and from which document it speaks."""
    return Answer("smalltalk", library.replies["greeting"].variants[0], suggestions=buttons(library, FIRST))


def ask_which(
    library: Library,
    names: Sequence[str],
    state: DialogueState,
    *,
    feeling: str = "",
    reply: str = "",
    values: Mapping[str, str] | None = None,
) -> Outcome:
    """Return a question back with the likeliest choices as buttons; without any, an honest word and what can be asked.

    A `feeling` is met first; `reply` is the id of another wording of the question, whose placeholders
    `values` fill.
    """
    picker = WordingPicker(library, state)
    usual = "ask-back" if names else "unclear-feeling" if feeling else "unclear"
    text = paragraphs(
        picker.say(f"feeling-{feeling}") if feeling else "", fill(picker.say(reply or usual), values or {})
    )
    answer = Answer("out-of-scope", text, suggestions=buttons(library, names or FIRST))
    return answer, picker.remember(state, kind="out-of-scope", offered=tuple(names))


def tell_language(library: Library, language: str, state: DialogueState) -> Outcome:
    """Return, in the visitor's language, that only English is understood, with a link to the publisher's page."""
    notice = library.languages[language]
    source = library.sources[PUBLISHER_PAGE]
    text = paragraphs(notice.notice, f"{notice.link_text}: {source.url}")
    answer = Answer("smalltalk", text, sources=(describe_source(source),), extra={"language": language})
    return answer, WordingPicker(library, state).remember(state)


def failure(library: Library, reply: str = "error-down") -> Answer:
    """Return the honest reply when something behind the web service does not work."""
    return Answer("error", library.replies[reply].variants[0])
