"""Go on with the guided check of a clinic's offer."""

from actions.planned_action import PlannedAction


class ActionClinicCheck(PlannedAction):
    """Go on with the guided check of a clinic's offer."""

    action_name = "action_clinic_check"
