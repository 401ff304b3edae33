"""Report on a pasted text."""

from actions.planned_action import PlannedAction


class ActionReportText(PlannedAction):
    """Report on a pasted text."""

    action_name = "action_report_text"
