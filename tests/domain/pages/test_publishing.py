"""Draft, publish, replace: never into the past, never twice, never over somebody else's words."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.audit_log.models import AuditEntry
from shop.domain.pages.drafting import DraftInTheWay, NoSuchVersion, discard_draft, restore_version, save_draft
from shop.domain.pages.locking import DraftChangedMeanwhile
from shop.domain.pages.models import Page, PageDraft, PageVersion
from shop.domain.pages.publishing import InThePast, NoteMissing, NothingNew, publish_draft
from shop.domain.pages.queries import accepted_versions, has_old_numbers, periods_of, version_in_force
from shop.domain.pages.texts import TextRefused, WrittenText
from shop.domain.people.actor import Actor
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=SHOP_TIME_ZONE)
TODAY = NOON.date()
TEXT = WrittenText("Đổi trả", "Trong {{ return_window_days }} ngày.", "Returns", "Within {{ return_window_days }} days.")


@pytest.fixture
def page():
    return Page.objects.get(slug="doi-tra")


@pytest.fixture
def actor():
    return Actor(user_id=make_officer().pk, roles=frozenset({"officer"}))


def save(page, actor, text=TEXT, *, revision=None, now=NOON):
    revision = Page.objects.get(pk=page.pk).revision if revision is None else revision
    return save_draft(page_id=page.pk, revision=revision, text=text, actor=actor, now=now)


def publish(page, actor, *, revision=None, begins=TODAY, note="Đổi câu chữ", now=NOON):
    revision = Page.objects.get(pk=page.pk).revision if revision is None else revision
    return publish_draft(page_id=page.pk, revision=revision, begins=begins, note=note, actor=actor, now=now)


def test_a_draft_becomes_the_next_version_and_the_log_says_so(page, actor):
    save(page, actor)
    version = publish(page, actor)

    assert (version.number, version.title, version.valid_from, version.author_id) == (2, "Đổi trả", NOON, actor.user_id)
    assert version.numbers == {"return_window_days": 7}
    assert not PageDraft.objects.filter(page=page).exists()
    entry = AuditEntry.objects.get(action="page.published")
    assert (entry.label, entry.reason, entry.detail["slug"]) == ("Đổi trả", "Đổi câu chữ", "doi-tra")
    assert (entry.detail["old"]["number"], entry.detail["new"]["number"]) == (1, 2)


def test_publishing_twice_makes_one_version(page, actor):
    save(page, actor)
    revision = Page.objects.get(pk=page.pk).revision

    assert publish(page, actor, revision=revision) == publish(page, actor, revision=revision)
    assert page.versions.count() == 2
    assert AuditEntry.objects.filter(action="page.published").count() == 1


def test_nothing_begins_in_the_past(page, actor):
    save(page, actor)

    with pytest.raises(InThePast):
        publish(page, actor, begins=TODAY - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        PageVersion.objects.create(
            page=page, number=9, revision=99, title="a", body="b", valid_from=NOON - timedelta(hours=1), published_at=NOON
        )


def test_a_later_day_begins_at_its_midnight(page, actor):
    save(page, actor)
    version = publish(page, actor, begins=date(2027, 1, 1))

    assert version.valid_from == datetime(2027, 1, 1, tzinfo=SHOP_TIME_ZONE)
    assert version_in_force(page=page, now=datetime(2026, 12, 31, 23, 59, tzinfo=SHOP_TIME_ZONE)).number == 1
    assert version_in_force(page=page, now=datetime(2027, 1, 1, tzinfo=SHOP_TIME_ZONE)).number == 2


def test_a_version_that_was_announced_can_be_replaced_before_it_begins(page, actor):
    save(page, actor)
    publish(page, actor, begins=date(2027, 1, 1))
    save(page, actor, WrittenText("Đổi trả", "Khác."))
    publish(page, actor, begins=date(2026, 12, 1))

    third, second, first = periods_of(page.versions.all())
    assert second.never_began
    assert not second.is_announced(NOON)
    assert (third.until, third.is_announced(NOON)) == (None, True)
    assert (first.last_day, first.replaced_at, first.is_in_force(NOON)) == (date(2026, 11, 30), None, True)


def test_a_version_replaced_at_noon_says_so(page, actor):
    save(page, actor)
    publish(page, actor)

    second, first = periods_of(page.versions.all())
    assert (first.last_day, first.replaced_at) == (TODAY, NOON)
    assert second.is_in_force(NOON)
    assert not first.is_in_force(NOON)


def test_a_change_needs_a_note_and_a_difference(page, actor):
    save(page, actor)
    with pytest.raises(NoteMissing):
        publish(page, actor, note="  ")
    publish(page, actor)
    restore_version(page_id=page.pk, number=2, actor=actor, now=NOON)

    with pytest.raises(NothingNew):
        publish(page, actor)


def test_the_second_of_two_editors_is_told(page, actor):
    opened = page.revision
    save(page, actor, revision=opened)

    with pytest.raises(DraftChangedMeanwhile):
        save(page, actor, WrittenText("Khác", "Khác"), revision=opened)
    with pytest.raises(DraftChangedMeanwhile):
        publish(page, actor, revision=opened + 7)
    with pytest.raises(DraftChangedMeanwhile):
        discard_draft(page_id=page.pk, revision=opened)
    assert save(page, actor, revision=opened).body == TEXT.body


def test_an_editor_of_a_draft_that_was_published_meanwhile_is_told(page, actor):
    save(page, actor)
    opened = Page.objects.get(pk=page.pk).revision
    publish(page, actor)

    with pytest.raises(DraftChangedMeanwhile):
        save(page, actor, WrittenText("Khác", "Khác"), revision=opened)


def test_an_older_version_comes_back_as_a_draft(page, actor):
    first = page.versions.get()
    save(page, actor)
    with pytest.raises(DraftInTheWay):
        restore_version(page_id=page.pk, number=1, actor=actor, now=NOON)
    publish(page, actor)
    draft = restore_version(page_id=page.pk, number=1, actor=actor, now=NOON)

    assert (draft.title, draft.body_en, draft.based_on) == (first.title, first.body_en, 2)
    assert publish(page, actor).number == 3
    with pytest.raises(NoSuchVersion):
        restore_version(page_id=page.pk, number=9, actor=actor, now=NOON)


def test_throwing_a_draft_away_leaves_the_versions(page, actor):
    save(page, actor)
    discard_draft(page_id=page.pk, revision=Page.objects.get(pk=page.pk).revision)
    discard_draft(page_id=page.pk, revision=0)

    assert not PageDraft.objects.exists()
    assert page.versions.count() == 1


def test_bad_texts_are_refused_with_every_reason(page, actor):
    bad = WrittenText("", "[x](javascript:y) {{ secret_key }}", "t" * 121, "x" * 60_001)

    with pytest.raises(TextRefused) as refused:
        save(page, actor, bad)

    assert [(each.field, each.code) for each in refused.value.problems] == [
        ("title", "empty"),
        ("title_en", "too_long"),
        ("body", "unknown_placeholder"),
        ("body", "unsafe_link"),
        ("body_en", "too_long"),
    ]


def test_what_cannot_be_seen_is_taken_out(page, actor):
    draft = save(page, actor, WrittenText(" Đô\u0309i\u200b\u202e \ntrả ", "a\r\nb\x00\x07  \n\n\n\nc"))

    assert (draft.title, draft.body) == ("Đổi trả", "a\nb\n\nc")


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = 'khác'", "DELETE FROM {}"])
@pytest.mark.parametrize(("table", "column"), [("pages_pageversion", "title"), ("pages_operatorrecord", "name")])
def test_the_database_refuses_to_change_history(statement, table, column):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column))


def test_numbers_stay_as_they_were_published(page, actor, settings):
    page = Page.objects.get(slug="quy-che")
    assert not has_old_numbers(version=page.versions.get())
    settings.COD_LIMIT_VND = 3_000_000

    assert page.versions.get().numbers["cod_limit_vnd"] == 5_000_000
    assert has_old_numbers(version=page.versions.get())
    # The same words with other numbers are a new version.
    restore_version(page_id=page.pk, number=1, actor=actor, now=NOON)
    assert publish(page, actor).numbers["cod_limit_vnd"] == 3_000_000


def test_an_order_is_placed_under_the_versions_of_its_day(page, actor, django_assert_num_queries):
    save(page, actor)
    publish(page, actor)
    save(page, actor, WrittenText("Đổi trả", "Sau này."))
    publish(page, actor, begins=date(2027, 1, 1))

    with django_assert_num_queries(1):
        assert accepted_versions(day=TODAY) == {"quy-che": 1, "doi-tra": 2, "quyen-rieng-tu": 1}
    assert accepted_versions(day=date(2027, 1, 1))["doi-tra"] == 3
    assert accepted_versions(day=date(2026, 12, 31))["doi-tra"] == 2
