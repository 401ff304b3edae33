"""What a visitor asks about all claims judged before: is any of it true, which is the worst, is it all wrong, what to write back."""

from collections.abc import Callable, Sequence

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.content.library import Library
from stemcheck.conversation.answer import Answer, paragraphs
from stemcheck.conversation.state import DialogueState, WordingPicker
from stemcheck.replies.citations import cite
from stemcheck.replies.claim_cards import describe_claim, gravity
from stemcheck.replies.pasted_text_report import choose_questions
from stemcheck.replies.situation_answer import buttons
from stemcheck.replies.verdicts import AFTER_FLAGGED, judge_claims

MAX_QUESTIONS = 3
WHICH = "which"  # not asked by the visitor: the assistant asks which of the claims is meant

Outcome = tuple[Answer, DialogueState]


def answer_claim_question(library: Library, question: str, state: DialogueState) -> Outcome:
    """Return the answer to a question about the judged claims."""
    judged = [FoundClaim(**claim) for claim in state.judged]
    return (_ask_which if question == WHICH else QUESTIONS[question])(library, judged, state)


def _is_flagged(library: Library, claim: FoundClaim, state: DialogueState) -> bool:
    flags = library.verdicts[library.claim_types[claim.type].verdict].flagged
    return bool(flags) and claim.type not in state.newer


def _tell_what_is_true(library: Library, judged: Sequence[FoundClaim], state: DialogueState) -> Outcome:
    backed = [claim for claim in judged if not _is_flagged(library, claim, state)]
    lead = "some-backed" if backed else "none-backed"
    return judge_claims(library, backed or judged, state, lead=lead, newer=state.newer, keeps_numbers=True)


def _tell_the_worst(library: Library, judged: Sequence[FoundClaim], state: DialogueState) -> Outcome:
    """Judge the claim whose belief does most harm: medicine stopped, then what the source denies, then the others."""

    def harm(claim: FoundClaim) -> tuple[bool, tuple[int, int]]:
        return not library.claim_types[claim.type].safety, gravity(describe_claim(library, claim))

    return judge_claims(
        library, [min(judged, key=harm)], state, lead="worst-claim", newer=state.newer, keeps_numbers=True
    )


def _tell_not_backed(library: Library, judged: Sequence[FoundClaim], state: DialogueState) -> Outcome:
    flagged = [claim for claim in judged if _is_flagged(library, claim, state)]
    lead = "not-backed" if flagged else "all-backed"
    return judge_claims(library, flagged or judged, state, lead=lead, newer=state.newer, keeps_numbers=True)


def _weigh(library: Library, judged: Sequence[FoundClaim], state: DialogueState) -> Outcome:
    any_flagged = any(_is_flagged(library, claim, state) for claim in judged)
    lead = "ask-verdict" if any_flagged else "ask-verdict-backed"
    return judge_claims(library, judged, state, lead=lead, newer=state.newer, keeps_numbers=True)


def _help_to_write_back(library: Library, judged: Sequence[FoundClaim], state: DialogueState) -> Outcome:
    picker = WordingPicker(library, state)
    cards = [{**describe_claim(library, claim), "flagged": _is_flagged(library, claim, state)} for claim in judged]
    questions = [question.question for question in choose_questions(library, cards, [])[:MAX_QUESTIONS]]
    facts = list(dict.fromkeys(fact for card in cards for fact in card["facts"]))[:1]
    listed = (
        "\n".join([picker.say("questions-lead"), *(f"- {question}" for question in questions)]) if questions else ""
    )
    text = paragraphs(picker.say("write-back"), *(library.facts[fact].statement for fact in facts), listed)
    answer = Answer(
        "answer", text, facts=tuple(facts), suggestions=buttons(library, AFTER_FLAGGED), **cite(library, facts)
    )
    return answer, picker.remember(state)


def _ask_which(library: Library, judged: Sequence[FoundClaim], state: DialogueState) -> Outcome:
    picker = WordingPicker(library, state)
    labels = [library.claim_types[claim.type].label for claim in judged]
    listed = "\n".join(f"{number}. {label}" for number, label in enumerate(labels, start=1))
    places = tuple({"title": f"Number {number}", "text": f"number {number}"} for number in range(1, len(judged) + 1))
    answer = Answer("verdict", paragraphs(picker.say("which-claim"), listed), suggestions=places[:MAX_QUESTIONS])
    return answer, picker.remember(state)


QUESTIONS: dict[str, Callable[[Library, Sequence[FoundClaim], DialogueState], Outcome]] = {
    "any-true": _tell_what_is_true,
    "worst": _tell_the_worst,
    "not-backed": _tell_not_backed,
    "told-right": _weigh,
    "is-it-true": _weigh,
    "write-back": _help_to_write_back,
}
