"""Every component at a phone's and at a desk's width: nothing for axe to find, nothing wider than the screen."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tests.components.gallery import CERTIFICATES, gallery_context
from tests.components.showing import show

pytestmark = pytest.mark.django_db


def gallery(language: str) -> str:
    request = RequestFactory().get("/?trang=4")
    with translation.override(language):
        return render_to_string("components/gallery.html", gallery_context(), request)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_gallery_is_accessible_on_a_phone(phone_page, assert_accessible, language):
    assert_accessible(show(phone_page, gallery(language)))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_gallery_is_accessible_at_a_desk(desk_page, assert_accessible, language):
    assert_accessible(show(desk_page, gallery(language)))


def test_gallery_breaks_no_rule_of_its_policy(desk_page):
    complaints = []
    desk_page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    show(desk_page, gallery("vi"))
    assert complaints == []


def test_ten_labels_fit_one_sheet_of_paper(desk_page):
    sheet = Template(
        '{% extends "print_base.html" %}{% load ocop %}{% block main %}<div class="lbl-sheet">'
        "{% for turn in turns %}{% ocop_label certificate %}{% endfor %}</div>{% endblock %}"
    )
    html = sheet.render(Context({"certificate": CERTIFICATES[0], "turns": range(10), "LANGUAGE_CODE": "vi"}))
    paper = show(desk_page, html).pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", paper)) == 1


def test_gallery_has_nothing_inline():
    assert re.findall(r"<style|style=|<script(?![^>]*src=)|\son\w+=", gallery("vi")) == []


def test_components_stay_small():
    lines = {
        file.name: len(file.read_text().splitlines())
        for file in settings.BASE_DIR.glob("templates/components/*.html")
        if file.name != "gallery.html"
    }
    assert {name: count for name, count in lines.items() if count > 40} == {}
