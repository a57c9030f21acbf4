"""QR codes as SVG, drawn in the page: no request, no script, sharp in print."""

from functools import lru_cache
from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


# A sheet holds the same code ten times, and a check page is opened again and again.
@lru_cache(maxsize=256)
def qr_svg(text: str, css_class: str = "qr") -> SafeString:
    """Return an SVG of `text` at error level M (15 % may be scratched off); decorative, so name the address beside it."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, border=2, omitsize=True, svgclass=css_class, lineclass=None
    )
    svg = drawn.getvalue().decode().strip()
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308 -- segno writes paths only
