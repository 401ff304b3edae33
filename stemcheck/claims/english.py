"""spaCy's English tokenizer with our sentence breaks. No pretrained pipeline is needed."""

import sys
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def load_english() -> Any:
    """Return the spaCy pipeline that splits a text into sentences."""
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
    nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", "!!", "??", "‼", "⁉", "。"]})
    nlp.add_pipe("line_breaks")
    return nlp


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
