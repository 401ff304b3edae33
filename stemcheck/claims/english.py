"""spaCy's English tokenizer with our sentence breaks. No pretrained pipeline is needed."""

import re
import sys
from functools import lru_cache
from typing import Any

# spaCy takes half a minute for one word of 8,000 emoji, as it splits off one after the other
OVERLONG = re.compile(r"(\S{100,})")
PIECE = 100  # characters


# spaCy keeps every word that it ever saw, some 600 bytes each; a stream of a million sentences would fill the memory
MOST_WORDS = 20_000


def load_english() -> Any:
    """Return the spaCy pipeline that splits a text into sentences: the one of this process, or a new one if that has grown."""
    english = _build_english()
    if len(english.vocab) > MOST_WORDS:
        _build_english.cache_clear()
        english = _build_english()
    return english


@lru_cache(maxsize=1)
def _build_english() -> Any:
    spacy = _import_spacy()

    @spacy.language.Language.component("line_breaks")
    def line_breaks(doc: Any) -> Any:
        """A new line begins a new sentence: adverts have headlines and lists without full stops."""
        for token in doc[:-1]:
            if token.is_space and "\n" in token.text:
                doc[token.i + 1].is_sent_start = True
        return doc

    nlp = spacy.blank("en")
    nlp.max_length = 20_000
    nlp.tokenizer = CutTokenizer(nlp.tokenizer, spacy.tokens.Doc)
    nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", "!!", "??", "‼", "⁉", "。"]})
    nlp.add_pipe("line_breaks")
    return nlp


class CutTokenizer:
    """spaCy's tokenizer; words longer than any real one are cut into pieces instead of being read."""

    def __init__(self, tokenizer: Any, doc: Any) -> None:
        self._tokenizer = tokenizer
        self._doc = doc

    def __call__(self, text: str) -> Any:
        """Return the tokens; together they are the text."""
        parts = OVERLONG.split(text)
        if len(parts) == 1:
            return self._tokenizer(text)
        words: list[tuple[str, bool]] = []
        for number, part in enumerate(parts):
            if number % 2:
                words += [(part[start : start + PIECE], False) for start in range(0, len(part), PIECE)]
            else:
                words += [(token.text, bool(token.whitespace_)) for token in self._tokenizer(part)]
        texts, spaces = zip(*words, strict=True)
        return self._doc(self._tokenizer.vocab, list(texts), list(spaces))


def _import_spacy() -> Any:
    # thinc imports TensorFlow wherever it is installed, which takes 4 seconds and which nothing here needs
    is_loaded = "tensorflow" in sys.modules
    if not is_loaded:
        sys.modules["tensorflow"] = None  # type: ignore[assignment]
    try:
        import spacy
        import spacy.language
    finally:
        if not is_loaded:
            del sys.modules["tensorflow"]
    return spacy
