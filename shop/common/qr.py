"""QR codes as SVG, drawn in the page: no request, no script, sharp in print."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str, css_class: str = "qr") -> SafeString:
    """Return an SVG of `text` at error level M (15 % may be scratched off); decorative, so name the address beside it."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, border=2, omitsize=True, svgclass=css_class, lineclass=None
    )
    svg = drawn.getvalue().decode().strip()
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308 -- segno writes paths only
