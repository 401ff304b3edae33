"""Say what is right, see it once more, collect it, take it away as files."""

import io
import zipfile

from starlette.responses import Response

from stemcheck.content.correction_files import render_files
from stemcheck.storage.review_corrections import add_correction, list_corrections, withdraw_correction
from stemcheck.storage.review_transcript import ReadTurn
from stemcheck.web.review.choices import filter_choices, situations
from stemcheck.web.review.conversation import asked_turn, conversation_address, show_turn
from stemcheck.web.review.conversation_test import earlier_steps
from stemcheck.web.review.correction_fields import MAX_TEXT_CHARS, CorrectionForm, first_form, sent_form
from stemcheck.web.review.correction_form import USES, FormFault, read_content
from stemcheck.web.review.refusals import Refusal
from stemcheck.web.review.visit import Visit


def show_correction(visit: Visit) -> Response:
    """Show the form in which a reviewer says what is right for one turn."""
    id, turn = asked_turn(visit)
    visit.audit("view", id, turn=turn.id)
    return _show_form(visit, id, turn, first_form(turn, earlier_steps(visit, id, turn)))


def correct(visit: Visit) -> Response:
    """Show what the form says once more, and write it down when that was confirmed."""
    id, turn = asked_turn(visit)
    form = sent_form(visit, earlier_steps(visit, id, turn))
    if visit.sent("change"):
        return _show_form(visit, id, turn, form)
    try:
        content = read_content(visit, form)
    except FormFault as fault:
        return _show_form(visit, id, turn, form, problem=str(fault))
    kind = "twin" if form.says == "twin" and form.use == "training" else form.use
    if not visit.sent("sure"):
        kept = [(name, value) for name, values in visit.form.items() if name != "csrf" for value in values]
        shown = {"content": content, "use": USES[form.use], "kind": kind, "kept": kept}
        return visit.render("correct-check.html", conversation_id=id, shown=show_turn(turn), **shown)
    number = add_correction(visit.connection, id, turn.id, kind, content, visit.user.name)
    visit.audit("correct", id, turn=turn.id, use=kind, number=number)
    return visit.go_back(conversation_address(visit, id, turn=turn.id) + f"#turn-{turn.id}", done="collected")


def show_corrections(visit: Visit) -> Response:
    """Show all that was collected."""
    found = list_corrections(visit.connection)[::-1]
    visit.audit("view-corrections", number=len(found))
    return visit.render("corrections.html", found=found)


def withdraw(visit: Visit) -> Response:
    """Take a correction back."""
    number = visit.number("number")
    if not withdraw_correction(visit.connection, number):
        raise Refusal(404)
    visit.audit("withdraw", number=number)
    return visit.go_back("/review/corrections")


def export_corrections(visit: Visit) -> Response:
    """Return the files of all corrections that are not applied yet, as one ZIP."""
    found = list_corrections(visit.connection, only_new=True)
    visit.audit("export", what="corrections", number=len(found))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in render_files(found).items():
            archive.writestr(name, text)
    headers = {"Content-Disposition": 'attachment; filename="stemcheck-corrections.zip"'}
    return Response(packed.getvalue(), media_type="application/zip", headers=headers)


def _show_form(visit: Visit, id: str, turn: ReadTurn, form: CorrectionForm, problem: str = "") -> Response:
    """Return the form with all that stands in it; a mistake is named above it."""
    choices = {**filter_choices(visit.console.library), "situations": situations(visit.console.library)}
    context = {"conversation_id": id, "shown": show_turn(turn), "form": form, "problem": problem}
    page = visit.render("correct.html", **context, choices=choices, uses=USES, max_chars=MAX_TEXT_CHARS)
    page.status_code = 400 if problem else 200
    return page
