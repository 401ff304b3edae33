"""The policy: one ordered table of named rules. The first rule whose condition holds makes the plan."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from stemcheck.dialogue import answering, flow_rules, guesses, premises, returning, safety_rules
from stemcheck.dialogue.claims import claim_rules
from stemcheck.dialogue.claims.claim_gate import gate_claims
from stemcheck.dialogue.context import Context, Move

Moves = list[Move]


@dataclass(frozen=True)
class Rule:
    """A row of the table: its name, when it holds, and the moves that it makes."""

    name: str
    when: Callable[[Context], object]
    moves: Callable[[Context, str], Moves]


RULES: tuple[Rule, ...] = (
    # danger first, whatever else is going on
    Rule("alarm", safety_rules.is_alarm, safety_rules.show_card),
    Rule("claim-stops-medicine", safety_rules.claim_calls_for_card, safety_rules.show_card_and_verdict),
    Rule("other-language", safety_rules.is_other_language, safety_rules.tell_language),
    # what is running
    Rule("erase-answered", flow_rules.answers_erase, flow_rules.erase_or_keep),
    Rule("message-cancelled", flow_rules.cancels_message, flow_rules.handoff("cancelled")),
    Rule("message-taken", flow_rules.is_message_for_team, flow_rules.handoff("sent")),
    Rule("message-accepted", flow_rules.accepts_message, flow_rules.handoff("write")),
    Rule("message-declined", flow_rules.declines_message, flow_rules.handoff("declined")),
    Rule("message-asked-again", flow_rules.gives_contact_early, flow_rules.handoff("consent")),
    Rule("check-steered", flow_rules.steers_check, flow_rules.steer_check),
    Rule("check-answered", flow_rules.answers_check, flow_rules.note_answer),
    # what a visitor wants done
    Rule("wants-person", lambda ctx: ctx.act == "talk_to_person", flow_rules.handoff("offer")),
    Rule("wants-erasure", lambda ctx: ctx.act == "erase", flow_rules.privacy("ask-erase")),
    Rule("wants-copy", lambda ctx: ctx.act == "export", flow_rules.privacy("export")),
    Rule("wants-check", lambda ctx: ctx.act == "start_check", flow_rules.start_check),
    # claims: those judged before, those of this message
    Rule("claims-compared", claim_rules.compares_judged, claim_rules.compare_judged),
    Rule("claims-asked-about", claim_rules.asks_about_judged, claim_rules.answer_about_judged),
    Rule("claim-pointed-at", claim_rules.points_at_judged, claim_rules.judge_again),
    Rule("which-claim", claim_rules.asks_which_judged, claim_rules.ask_which_judged),
    Rule("pasted-text", claim_rules.is_pasted_text, claim_rules.report),
    Rule("premise-corrected", premises.rests_on_claim, premises.correct_premise),
    Rule("claims-made", claim_rules.makes_claims, claim_rules.judge),
    Rule("claims-asked", claim_rules.asks_claims, claim_rules.judge),
    # answers
    Rule("earlier-subject", returning.goes_back, returning.go_back),
    Rule("answer-pointed-at", answering.points_at_answer, answering.answer_pointed_at),
    Rule("same-again", returning.wants_same_again, returning.say_again),
    Rule("cells-compared", returning.compares_cells, returning.compare_cells),
    Rule("several-questions", answering.asks_several, answering.answer_several),
    Rule("answer", answering.is_sure, answering.answer),
    Rule("possible-claim", claim_rules.may_be_claim, claim_rules.judge_possible),
    Rule("likely-answer", answering.is_likely, answering.answer_briefly),
    Rule("near-answer", guesses.is_near, guesses.answer_nearest),
    Rule("story-met", guesses.tells_story, guesses.meet_story),
    Rule("ask-back", answering.has_candidates, answering.ask_back),
    Rule("unclear", lambda ctx: True, guesses.ask_subject),
)


def decide(ctx: Context) -> Moves:
    """Return the plan for a message: the moves of the first rule that holds, and those that keep a flow going."""
    ctx = replace(ctx, reading=gate_claims(ctx))
    for rule in RULES:
        if rule.when(ctx):
            moves = rule.moves(ctx, rule.name)
            return [*moves, *flow_rules.keep_going(ctx, rule.name, moves)]
    raise AssertionError("the last rule holds for every message")
