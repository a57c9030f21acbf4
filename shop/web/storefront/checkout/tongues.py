"""Names that have no English stay Vietnamese on an English page, and are marked so that they are read aloud rightly."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from shop.common.templatetags.shop_format import page_language


def marked_name(name: str, name_en: str) -> SafeString:
    """Return a name for the page: English where there is one, else Vietnamese, marked on an English page."""
    if page_language() != "en":
        return format_html("{}", name)
    return format_html("{}", name_en) if name_en else format_html('<span lang="vi">{}</span>', name)
