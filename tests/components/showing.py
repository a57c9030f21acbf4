"""Shows a rendered page in the browser with the real style sheets, under a policy as strict as the shop's."""

from django.conf import settings

HOST = "http://shop.test"
POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'"


def show(page, html: str):
    """Put `html` on the page; render it before: the browser's callbacks have database connections of their own."""
    page.route("**/*", lambda route: answer(route, html))
    page.goto(f"{HOST}/")
    page.wait_for_load_state("networkidle")
    return page


def answer(route, html: str) -> None:
    path = route.request.url.removeprefix(HOST)
    if path == "/":
        route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})
    elif path.startswith("/static/"):
        route.fulfill(path=settings.BASE_DIR / path.split("?")[0].lstrip("/"))
    else:
        route.fulfill(status=204)
