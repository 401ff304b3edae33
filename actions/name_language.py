"""Say in the visitor's language that only English is understood."""

from actions.planned_action import PlannedAction


class ActionNameLanguage(PlannedAction):
    """Say in the visitor's language that only English is understood."""

    action_name = "action_name_language"
