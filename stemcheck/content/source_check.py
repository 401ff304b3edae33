"""Whether a document still says what our facts rest on, told from hashes of its sentences."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stemcheck.content.schema import Fact, Source

QUOTES_AND_DASHES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'(]?[A-Z0-9])")
WORD = re.compile(r"[a-z0-9]{4,}")


@dataclass(frozen=True)
class Uncovered:
    """A sentence no fact rests on, and the facts that it may be a new wording of."""

    sentence: str
    hash: str
    near: tuple[str, ...]


@dataclass(frozen=True)
class SourceReport:
    """What became of each fact of a source when its document was read again."""

    standing: tuple[str, ...]
    changed: tuple[str, ...]
    uncovered: tuple[Uncovered, ...]
    document_hash: str
    same_document: bool

    @property
    def is_unchanged(self) -> bool:
        """Tell whether nothing at all has changed."""
        return self.same_document and not self.changed and not self.uncovered


def split_sentences(document: str) -> list[str]:
    """Return the sentences of a text. A line break within a paragraph ends none; a blank line does."""
    paragraphs = re.split(r"\n\s*\n", unicodedata.normalize("NFKC", document.replace("\r\n", "\n")))
    sentences = [part for text in paragraphs for part in SENTENCE_END.split(text.strip())]
    return [" ".join(sentence.split()) for sentence in sentences if sentence.strip()]


def normalise(sentence: str) -> str:
    """Return a sentence without what a web page may change while its words stay the same."""
    plain = unicodedata.normalize("NFKC", sentence).translate(QUOTES_AND_DASHES)
    return " ".join(plain.lower().split())


def hash_sentence(sentence: str) -> str:
    """Return the hash that a fact keeps of a sentence it rests on."""
    return hashlib.sha256(normalise(sentence).encode()).hexdigest()


def hash_document(document: str) -> str:
    """Return one hash of all normalised sentences in their order."""
    lines = (normalise(sentence) for sentence in split_sentences(document))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def check_source(source: Source, facts: Mapping[str, Fact], document: str) -> SourceReport:
    """Return which facts of a source a document still bears, and which of its sentences are new."""
    own = [fact for fact in facts.values() if fact.section.source == source.id]
    sentences = {hash_sentence(sentence): sentence for sentence in split_sentences(document)}
    changed = [fact for fact in own if not sentences.keys() >= set(fact.sentences)]
    known = {hash_ for fact in own for hash_ in fact.sentences} | set(source.ignored)
    new = [(sentence, hash_) for hash_, sentence in sentences.items() if hash_ not in known]
    document_hash = hash_document(document)
    return SourceReport(
        standing=tuple(fact.id for fact in own if fact not in changed),
        changed=tuple(fact.id for fact in changed),
        uncovered=tuple(Uncovered(sentence, hash_, find_nearest(sentence, changed)) for sentence, hash_ in new),
        document_hash=document_hash,
        same_document=document_hash == source.sha256,
    )


def find_nearest(sentence: str, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the ids of the facts that share most words with a sentence, if they share two.

    The old sentence is not kept, only its hash, so our own statement of it stands in.
    """
    shared = {fact.id: len(find_words(sentence) & find_words(f"{fact.statement} {fact.more}")) for fact in facts}
    most = max(shared.values(), default=0)
    return tuple(id for id, count in shared.items() if count == most >= 2)


def find_words(text: str) -> frozenset[str]:
    """Return the longer words of a text."""
    return frozenset(WORD.findall(normalise(text)))
