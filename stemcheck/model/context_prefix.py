"""A message read with the topic of the last answer in mind: "do they help?" after an answer on blood stem cells."""


def with_topic(topic: str, text: str) -> str:
    """Return the text that the network reads: the topic in brackets, then the message."""
    return f"[{topic}] {text}"


def has_topic(text: str) -> bool:
    """Return whether a text that the network reads begins with a topic."""
    return text.startswith("[")


def without_topic(text: str) -> str:
    """Return the message alone, of a text that the network reads."""
    return text.partition("] ")[2] if has_topic(text) else text
