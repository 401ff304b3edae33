"""Answer with the replies of one or several situations."""

from actions.planned_action import PlannedAction


class ActionAnswer(PlannedAction):
    """Answer with the replies of one or several situations."""

    action_name = "action_answer"
