"""Give the verdicts on claims."""

from actions.planned_action import PlannedAction


class ActionJudgeClaims(PlannedAction):
    """Give the verdicts on claims."""

    action_name = "action_judge_claims"
