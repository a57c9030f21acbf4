"""Every component at a phone's and at a desk's width: nothing for axe to find, nothing wider than the screen."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tests.components.gallery import gallery_context

pytestmark = pytest.mark.django_db


def gallery(language: str) -> str:
    request = RequestFactory().get("/?trang=4")
    with translation.override(language):
        return render_to_string("components/gallery.html", gallery_context(), request)


def show_gallery(page, language: str):
    """Show it with the real style sheets, under a policy as strict as the shop's."""
    # Rendered here: the browser's callbacks run in a context of their own, with database connections of their own.
    html = gallery(language)
    page.route("**/*", lambda route: answer(route, html))
    page.goto("http://gallery.test/")
    page.wait_for_load_state("networkidle")
    return page


def answer(route, html: str) -> None:
    path = route.request.url.removeprefix("http://gallery.test")
    if path == "/":
        policy = "default-src 'self'; img-src 'self' data:"
        route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": policy})
    elif path.startswith("/static/"):
        route.fulfill(path=settings.BASE_DIR / path.split("?")[0].lstrip("/"))
    else:
        route.fulfill(status=204)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_gallery_is_accessible_on_a_phone(phone_page, assert_accessible, language):
    assert_accessible(show_gallery(phone_page, language))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_gallery_is_accessible_at_a_desk(desk_page, assert_accessible, language):
    assert_accessible(show_gallery(desk_page, language))


def test_gallery_breaks_no_rule_of_its_policy(desk_page):
    complaints = []
    desk_page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    show_gallery(desk_page, "vi")
    assert complaints == []


def test_gallery_has_nothing_inline():
    assert re.findall(r"<style|style=|<script(?![^>]*src=)|\son\w+=", gallery("vi")) == []


def test_components_stay_small():
    lines = {
        file.name: len(file.read_text().splitlines())
        for file in settings.BASE_DIR.glob("templates/components/*.html")
        if file.name != "gallery.html"
    }
    assert {name: count for name, count in lines.items() if count > 40} == {}
