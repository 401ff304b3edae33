"""Name a person to talk to, and take a message for the team."""

from actions.planned_action import PlannedAction


class ActionHandOver(PlannedAction):
    """Name a person to talk to, and take a message for the team."""

    action_name = "action_hand_over"
