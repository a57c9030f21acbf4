"""A buyer with a browser that runs no scripts: reads forms and presses their buttons."""

import re
from html.parser import HTMLParser

from tests.factories import make_commune

PLACE = {"province": "01", "commune": "00166", "street": "Số 12 ngõ 165 Dương Quảng Hàm"}
BUYER = {"name": "Lê Minh Châu", "phone": "0912 345 678", "email": "chau@example.vn"}


class Fields(HTMLParser):
    """The values a browser would send with the order form as it stands."""

    def __init__(self):
        super().__init__()
        self.values = {}
        self._inside = False
        self._select = None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self._inside = attributes.get("id") == "dat-hang"
        if not self._inside:
            return
        if tag == "input":
            self._read_input(attributes)
        elif tag == "select":
            self._select = attributes.get("name")
        elif tag == "option" and self._select and "selected" in attributes:
            self.values[self._select] = attributes.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = None

    def _read_input(self, attributes):
        kind, name = attributes.get("type", "text"), attributes.get("name")
        if name and (kind not in {"radio", "checkbox"} or "checked" in attributes):
            self.values[name] = attributes.get("value") or ""


def fields_of(response):
    """Return what the order form of a page would send."""
    parser = Fields()
    parser.feed(response.content.decode())
    return parser.values


def words_of(response):
    """Return the text of a page with single spaces, as a reader sees it."""
    text = re.sub(r"<(script|style|noscript).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ").strip()


def add(client, listing, quantity=1):
    """Press the buy button of a product page."""
    return client.post(f"/gio-hang/them/{listing.product_id}/", {"quantity": quantity})


def fill(client, **changes):
    """Fill the order form in and choose the place; returns what the last button would send."""
    make_commune()
    first = fields_of(client.get("/thanh-toan/"))
    chosen = client.post("/thanh-toan/", first | BUYER | PLACE | changes | {"action": "refresh"})
    return fields_of(chosen)


def order(client, **changes):
    """Fill everything in and press the order button."""
    return client.post("/thanh-toan/", fill(client, **changes) | {"action": "place"})
