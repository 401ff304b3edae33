"""Ask which of the likeliest situations is meant, or say that the message was not understood."""

from actions.planned_action import PlannedAction


class ActionAskBack(PlannedAction):
    """Ask which of the likeliest situations is meant, or say that the message was not understood."""

    action_name = "action_ask_back"
