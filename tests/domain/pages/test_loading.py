"""The texts the shop ships with: whole, in both languages, clean, and loaded once."""

import pytest

from shop.common import clock
from shop.common.small_markdown import placeholders_in, render_text
from shop.domain.pages.loading import PAGES, load_pages, read_default
from shop.domain.pages.models import Page, PageVersion
from shop.domain.pages.placeholders import BLOCKS, known_placeholders
from shop.domain.pages.texts import WrittenText, clean_text


def test_every_kind_has_a_page_and_an_address():
    assert {kind for kind, _ in PAGES} == set(Page.Kind)
    assert len({slug for _, slug in PAGES}) == len(PAGES)


@pytest.mark.parametrize("kind", list(Page.Kind))
def test_both_languages_say_the_same_things(kind):
    (title, body), (title_en, body_en) = read_default(kind, "vi"), read_default(kind, "en")
    clean_text(WrittenText(title, body, title_en, body_en))
    blank = dict.fromkeys(known_placeholders(), "x")
    vietnamese, english = (render_text(each, values=blank, blocks=BLOCKS) for each in (body, body_en))

    assert placeholders_in(body) == placeholders_in(body_en)
    assert [each.level for each in vietnamese.headings] == [each.level for each in english.headings]
    assert [part.block for part in vietnamese.parts] == [part.block for part in english.parts]
    assert body.count("](/") == body_en.count("](/en/")


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    versions = PageVersion.objects.count()

    assert versions == len(PAGES)
    assert load_pages(now=clock.now()) == 0
    assert PageVersion.objects.count() == versions
