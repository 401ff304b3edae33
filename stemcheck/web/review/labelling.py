"""The labelling configuration that Label Studio needs for our tasks: every claim type is a label."""

from xml.etree import ElementTree

from starlette.responses import Response

from stemcheck.web.review.visit import Visit


def export_labelling(visit: Visit) -> Response:
    """Return the configuration as XML, to be pasted into the project before the tasks are imported."""
    headers = {"Content-Disposition": 'attachment; filename="stemcheck-label-studio.xml"'}
    written = labelling_config(sorted(visit.console.library.claim_types))
    return Response(written, media_type="application/xml", headers=headers)


def labelling_config(claim_types: list[str]) -> str:
    """Return a configuration with labels named "claim" on a text named "text"."""
    view = ElementTree.Element("View")
    labels = ElementTree.SubElement(view, "Labels", name="claim", toName="text")
    for type in claim_types:
        ElementTree.SubElement(labels, "Label", value=type)
    ElementTree.SubElement(view, "Text", name="text", value="$text")
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"
