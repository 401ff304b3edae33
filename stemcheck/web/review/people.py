"""Who may use the console; the audit log; erasing. For admins."""

from starlette.responses import Response

from stemcheck.storage.audit import read_audit
from stemcheck.storage.users import ROLES, add_user, change_password, change_role, disable_user, enable_user, list_users
from stemcheck.web.review.refusals import Refusal
from stemcheck.web.review.visit import Visit


def show_people(visit: Visit) -> Response:
    """Show everybody."""
    return visit.render("people.html", people=list_users(visit.connection), roles=ROLES)


def change_people(visit: Visit) -> Response:
    """Add, disable or enable somebody, or give them another role or password."""
    name, what = visit.sent("name").strip().lower(), visit.sent("what")
    if what == "add":
        add_user(visit.connection, name, visit.sent("role"), visit.sent("password"))
    elif what == "role":
        change_role(visit.connection, name, visit.sent("role"))
    elif what == "password":
        change_password(visit.connection, name, visit.sent("password"))
    elif what in ("disable", "enable"):
        (disable_user if what == "disable" else enable_user)(visit.connection, name)
    else:
        raise Refusal(400)
    visit.audit(f"user-{what}", name=name, role=visit.sent("role"))
    return visit.go_back("/review/people")


def show_audit(visit: Visit) -> Response:
    """Show the audit log, newest first."""
    filters = {name: visit.asked(name)[:255] for name in ("user_name", "action", "conversation_id")}
    lines = read_audit(visit.connection, before=visit.number("before"), **filters)  # type: ignore[arg-type]
    return visit.render("audit.html", lines=lines, filters=filters)
