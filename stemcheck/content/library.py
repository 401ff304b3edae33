"""All content of data/ in one frozen object, read once at start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stemcheck.content.checks import check_library
from stemcheck.content.problems import ContentError, Problem
from stemcheck.content.reading import Reader
from stemcheck.content.red_flags.reading import read_red_flags
from stemcheck.content.red_flags.schema import RedFlag
from stemcheck.content.schema import ClaimType, Fact, Section, Source, Update, Verdict
from stemcheck.content.schema_guidance import (
    ClaimQuestion,
    ClinicCheckStep,
    Contact,
    ForeignNotice,
    Numbers,
    Question,
    Reply,
    SafetyCard,
    Silence,
    SubjectWords,
    Term,
)
from stemcheck.content.situation_schema import Guidance, Situation
from stemcheck.content.situations import check_situations, read_guidance, read_situations

DEGREES = ("now", "today", "talk")  # the gravest first
DATA_DIR = Path(__file__).resolve().parents[2] / "data"


@dataclass(frozen=True)
class Library:
    """Every item by its id. `files` says where each one stands, for messages to editors."""

    sources: Mapping[str, Source]
    sections: Mapping[str, Section]
    facts: Mapping[str, Fact]
    updates: Mapping[str, Update]
    verdicts: Mapping[str, Verdict]
    claim_types: Mapping[str, ClaimType]
    questions: Mapping[str, Question]
    safety: Mapping[str, SafetyCard]
    numbers: Mapping[str, Numbers]
    contacts: Mapping[str, Contact]
    silences: Mapping[str, Silence]
    red_flags: Mapping[str, RedFlag]
    clinic_check: Mapping[str, ClinicCheckStep]
    claim_subjects: Mapping[str, SubjectWords]
    claim_questions: Mapping[str, ClaimQuestion]
    replies: Mapping[str, Reply]
    terms: Mapping[str, Term]
    situations: Mapping[str, Situation]
    guidance: Mapping[str, Guidance]
    languages: Mapping[str, ForeignNotice]
    files: Mapping[tuple[str, str], str]


def load_library(data_dir: Path = DATA_DIR) -> Library:
    """Return all content below a folder, or raise a ContentError with every problem in it."""
    reader = Reader(data_dir)
    library = read_library(reader)
    if problems := problems_in(reader, library):
        raise ContentError(problems)
    return library


def problems_in(reader: Reader, library: Library) -> list[Problem]:
    """Return every problem of what a reader has read."""
    return [*reader.problems, *check_library(library), *check_situations(library)]


def read_library(reader: Reader) -> Library:
    """Return what can be read; the problems stay with the reader."""
    sections, facts = read_facts(reader)
    data, guidance = reader.data_dir, reader.data_dir / "guidance"
    return Library(
        sources=reader.read_list(data / "sources.yml", "sources", Source),
        sections=sections,
        facts=facts,
        updates=reader.read_list(data / "updates.yml", "updates", Update),
        verdicts=reader.read_list(data / "verdicts.yml", "verdicts", Verdict),
        claim_types=read_claim_types(reader),
        questions=reader.read_list(guidance / "clinic-questions.yml", "questions", Question),
        safety=read_safety(reader),
        numbers=reader.read_list(guidance / "numbers.yml", "numbers", Numbers),
        contacts=reader.read_list(guidance / "contacts.yml", "contacts", Contact),
        silences=reader.read_list(guidance / "silences.yml", "silences", Silence),
        red_flags=read_red_flags(reader),
        clinic_check=reader.read_list(guidance / "clinic-check.yml", "clinic_check", ClinicCheckStep),
        claim_subjects=reader.read_list(guidance / "claim-subjects.yml", "claim_subjects", SubjectWords),
        claim_questions=reader.read_list(guidance / "claim-questions.yml", "claim_questions", ClaimQuestion),
        replies=read_replies(reader),
        terms=reader.read_list(data / "terms.yml", "terms", Term),
        situations=read_situations(reader),
        guidance=read_guidance(reader),
        languages=read_languages(reader),
        files=reader.files,
    )


def read_facts(reader: Reader) -> tuple[dict[str, Section], dict[str, Fact]]:
    """Return the sections and, in the order of the files, their facts."""
    sections: dict[str, Section] = {}
    facts: dict[str, Fact] = {}
    for path in sorted((reader.data_dir / "facts").glob("*.yml")):
        content = reader.read(path)
        section = reader.build(path, content.get("section"), "sections", Section) if content else None
        if section is None:
            continue
        sections[section.id] = section
        items = reader.find_list(path, content, "facts", "section")
        built = [reader.build(path, item, "facts", Fact, section=section) for item in items]
        facts.update({fact.id: fact for fact in built if fact is not None})
    return sections, facts


def read_claim_types(reader: Reader) -> dict[str, ClaimType]:
    """Return the claim types, one from each file of data/claims; the file is named as its id."""
    claim_types = {}
    for path in sorted((reader.data_dir / "claims").glob("*.yml")):
        content = reader.read(path)
        claim_type = reader.build(path, content, "claims", ClaimType) if content else None
        if claim_type is None:
            continue
        if claim_type.id != path.stem:
            reader.note(path, claim_type.id, "the id differs from the file's name", "Rename one of them")
        claim_types[claim_type.id] = claim_type
    return claim_types


def read_safety(reader: Reader) -> dict[str, SafetyCard]:
    """Return the safety cards, one from each file of data/safety, the gravest first; the file is named as its id."""
    cards = []
    for path in sorted((reader.data_dir / "safety").glob("*.yml")):
        content = reader.read(path)
        cards.append(reader.build(path, {"id": path.stem, **content}, "safety", SafetyCard) if content else None)
    found = [card for card in cards if card is not None]
    return {card.id: card for card in sorted(found, key=lambda card: DEGREES.index(card.degree))}


def read_languages(reader: Reader) -> dict[str, ForeignNotice]:
    """Return the notices by the code of their language."""
    path = reader.data_dir / "lexicon" / "languages.yml"
    stored = reader.read(path).get("languages") or {}
    built = [reader.build(path, {"id": code, **words}, "languages", ForeignNotice) for code, words in stored.items()]
    return {notice.id: notice for notice in built if notice is not None}


def read_replies(reader: Reader) -> dict[str, Reply]:
    """Return the replies of every file of data/replies."""
    replies: dict[str, Reply] = {}
    for path in sorted((reader.data_dir / "replies").glob("*.yml")):
        replies.update(reader.read_list(path, "replies", Reply))
    return replies
