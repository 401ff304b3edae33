"""A person to talk to, and what is stored about the visitor."""

from stemcheck.answers.answer import Answer, paragraphs
from stemcheck.answers.memory import Memory, Voice
from stemcheck.content.library import Library
from stemcheck.settings import Settings

Reply = tuple[Answer, Memory]

ERASE = "erase"  # what is running while the question back waits for its yes or no


def describe_contact(library: Library, settings: Settings) -> dict[str, str]:
    """Return who answers when a visitor wants a person: `name`, `text`, `url`, `phone`; set by the operator or the default."""
    default = library.contacts["default"]
    if settings.contact_name:
        return {"name": settings.contact_name, "text": "", "url": settings.contact_url, "phone": settings.contact_phone}
    return {"name": default.name, "text": default.text, "url": str(default.url or ""), "phone": ""}


def tell_what_is_stored(library: Library, settings: Settings, memory: Memory) -> Reply:
    """Return what is stored, for how long, and how to have it erased."""
    voice = Voice(library, memory)
    kept = voice.say("privacy-retention", days=f"{settings.retention_days:g}")
    return Answer("privacy", paragraphs(voice.say("privacy-stored"), kept)), voice.remember(memory)


def ask_before_erasing(library: Library, memory: Memory) -> Reply:
    """Return the one question back before a conversation is erased."""
    voice = Voice(library, memory)
    buttons = ({"title": "Yes, erase it", "text": "Yes, erase it"}, {"title": "No, keep it", "text": "No, keep it"})
    answer = Answer("privacy", voice.say("privacy-forget-confirm"), suggestions=buttons, extra={"asks": "erase"})
    return answer, voice.remember(memory, running=ERASE)


def erase_or_keep(library: Library, memory: Memory, *, erase: bool) -> Reply:
    """Return what follows the visitor's yes or no. `action` tells the web service to erase the conversation."""
    voice = Voice(library, memory)
    text = voice.say("privacy-forgotten" if erase else "privacy-kept")
    return Answer("privacy", text, extra={"action": "erase"} if erase else {}), voice.remember(memory, running="")


def give_copy(library: Library, memory: Memory) -> Reply:
    """Return the sentence that goes with a copy of the conversation; `action` tells the widget to offer it."""
    voice = Voice(library, memory)
    return Answer("privacy", voice.say("export"), extra={"action": "export"}), voice.remember(memory)
