"""Show a safety card."""

from actions.planned_action import PlannedAction


class ActionShowSafetyCard(PlannedAction):
    """Show a safety card."""

    action_name = "action_show_safety_card"
