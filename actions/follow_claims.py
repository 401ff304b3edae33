"""Answer a question about all claims judged before."""

from actions.planned_action import PlannedAction


class ActionFollowClaims(PlannedAction):
    """Answer a question about all claims judged before."""

    action_name = "action_follow_claims"
