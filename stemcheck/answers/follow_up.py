"""Messages that make sense only after the last reply: source? why? tell me more; what about the other kind?"""

from collections.abc import Callable

from stemcheck.answers.answer import Answer, paragraphs
from stemcheck.answers.citations import cite, update_text
from stemcheck.answers.claims_in_mind import judged_claims
from stemcheck.answers.facts import answer_facts
from stemcheck.answers.memory import Memory, Voice
from stemcheck.answers.small_replies import decline, small_talk
from stemcheck.answers.suggestions import suggest_after, suggest_facts, suggest_next
from stemcheck.answers.verdicts import judge_claims
from stemcheck.content.library import Library

Reply = tuple[Answer, Memory]

NEWER = ("no-approved-therapy", "ahsct-evidence")


def follow_up(library: Library, intent: str, memory: Memory) -> Reply:
    """Return the reply to a follow-up of this intent; one that says so when there is nothing to follow."""
    return FOLLOW_UPS[intent](library, memory)


def name_source(library: Library, memory: Memory) -> Reply:
    """Say where the last answer comes from, section by section; without one, which page all answers come from."""
    voice = Voice(library, memory)
    if not memory.facts:
        source = next(source for source in library.sources.values() if source.kind == "source")
        text = voice.say(
            "about-source", publisher=source.publisher, title=source.title, reviewed_on=source.reviewed_on.isoformat()
        )
        return Answer("answer", text, suggestions=suggest_facts(library, NEWER)), voice.remember(memory)
    facts = memory.facts[:3]
    cited = cite(library, facts)
    where = [
        voice.say("source-lead", publisher=source["publisher"], title=source["title"], section=source["section"])
        for source in cited["sources"]
    ]
    statements = [library.facts[fact_id].statement for fact_id in facts]
    text = paragraphs(" ".join(where), *statements, update_text(voice, cited["updates"]))
    answer = Answer("answer", text, facts=facts, suggestions=suggest_after(library, facts), **cited)
    return answer, voice.remember(memory)


def give_reason(library: Library, memory: Memory) -> Reply:
    """Say on what the last verdict or answer rests."""
    if memory.kind == "out-of-scope" and memory.topic:
        return decline(library, memory.topic, memory)
    return _again(library, memory, lead="why-lead")


def tell_more(library: Library, memory: Memory) -> Reply:
    """Tell the last facts at greater length; the next related ones when that was done already."""
    if memory.facts and set(memory.facts[:3]) <= set(memory.told_more):
        following = [
            fact_id
            for given in memory.facts[:3]
            for fact_id in library.facts[given].next
            if fact_id not in memory.told_more
        ]
        if following:
            return answer_facts(library, following[:1], memory, more=True)
        reply, remembered = small_talk(library, "no-more", memory)
        return reply, remembered
    return _again(library, memory, lead="fact-lead")


def explain(library: Library, memory: Memory) -> Reply:
    """Put the last facts more simply."""
    return _again(library, memory, lead="more-lead")


def turn_to_other_kind(library: Library, memory: Memory) -> Reply:
    """Tell the same of the other kind of stem cell (blood-forming or mesenchymal)."""
    others = [other for fact_id in memory.facts if (other := library.facts[fact_id].other_kind)]
    if not others:
        voice = Voice(library, memory)
        answer = Answer(
            "out-of-scope",
            voice.say("ask-which-kind"),
            suggestions=suggest_facts(library, ["ahsct-evidence", "msc-effects"]),
        )
        return answer, voice.remember(memory, listed=("ahsct-evidence", "msc-effects"))
    return answer_facts(library, others[:2], memory, lead="other-kind")


def weigh_clinic(library: Library, memory: Memory) -> Reply:
    """Answer "so my clinic lied?": about the wording, never about people."""
    claims = judged_claims(memory)
    if not claims:
        return say_that_source_says_so(library, memory) if memory.facts else small_talk(library, "no-context", memory)
    flagged = any(library.verdicts[library.claim_types[claim.type].verdict].flagged for claim in claims)
    return judge_claims(library, claims, memory, lead="ask-verdict" if flagged else "ask-verdict-backed")


def say_that_source_says_so(library: Library, memory: Memory) -> Reply:
    """Answer "is that right?" after facts: it is what the source says, and no more is known here."""
    voice = Voice(library, memory)
    facts = memory.facts[:3]
    suggestions = (*suggest_next(library, "source", "newer"), *suggest_after(library, facts)[:1])
    answer = Answer("answer", voice.say("source-says-so"), facts=facts, suggestions=suggestions, **cite(library, facts))
    return answer, voice.remember(memory)


def tell_newer(library: Library, memory: Memory) -> Reply:
    """Say what is newer than the source."""
    facts = [fact_id for fact_id in memory.facts if library.facts[fact_id].updates] or list(NEWER)
    return answer_facts(library, facts[:1], memory, lead="newer-lead")


def _again(library: Library, memory: Memory, *, lead: str) -> Reply:
    if not memory.facts:
        return small_talk(library, "no-context", memory)
    answer, remembered = answer_facts(library, memory.facts, memory, lead=lead, more=True)
    # the claims stay in mind: "why?" may be followed by "so they lied?"
    return answer, Voice(library, remembered).remember(remembered, claims=memory.claims)


FOLLOW_UPS: dict[str, Callable[[Library, Memory], Reply]] = {
    "ask_source": name_source,
    "ask_why": give_reason,
    "tell_more": tell_more,
    "explain": explain,
    "other_kind": turn_to_other_kind,
    "ask_verdict": weigh_clinic,
    "ask_newer": tell_newer,
}
