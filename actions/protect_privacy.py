"""Erase the chat, or give a copy of it."""

from actions.planned_action import PlannedAction


class ActionProtectPrivacy(PlannedAction):
    """Erase the chat, or give a copy of it."""

    action_name = "action_protect_privacy"
