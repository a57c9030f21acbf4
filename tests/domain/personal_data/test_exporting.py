"""Whatever the shop knows about a person is in the file, and nothing of anybody else."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.people.actor import SYSTEM
from shop.domain.personal_data.exporting import JSON_ENCODER, MOST_A_DAY, TooManyExports, export_account, export_guest_order
from shop.domain.personal_data.registry import PLACES
from tests.factories import make_listing, make_order, make_user

pytestmark = pytest.mark.django_db


def export(user):
    return export_account(user_id=user.pk, actor=SYSTEM, now=clock.now())


def as_text(exported):
    return json.dumps(exported.as_json(), cls=JSON_ENCODER, ensure_ascii=False)


def test_the_file_has_a_section_per_place_and_the_orders_in_it():
    tea = make_listing(stock=9)
    user = make_user("quynh@example.vn")
    order = make_order((tea, 2), owner=user, buyer_name="Quỳnh Anh", note="Gọi trước")
    make_order((tea, 1), buyer_name="Chị Lan", buyer_email="lan@example.vn")

    exported = export(user)

    text = as_text(exported)
    assert set(exported.sections) == {place.name for place in PLACES if place.export}
    assert exported.sections["account"][0]["email"] == "quynh@example.vn"
    assert exported.sections["orders"][0]["number"] == order.number
    assert exported.sections["orders"][0]["parcels"][0]["lines"][0]["quantity"] == 2
    assert "Gọi trước" in text
    assert "Lan" not in text
    assert user.password not in text
    assert order.link_seed not in text


def test_the_export_is_recorded_without_a_word_about_the_person():
    user = make_user("quynh@example.vn", first_name="Quỳnh")
    export(user)

    entry = AuditEntry.objects.get(action="person.exported")
    assert (entry.object_id, entry.label, entry.detail) == (str(user.pk), "", {"old": {}, "new": {}})


def test_ten_exports_a_day_are_enough():
    user = make_user()
    for _ in range(MOST_A_DAY):
        export(user)

    with pytest.raises(TooManyExports):
        export(user)


def test_a_guest_is_given_the_one_order():
    order = make_order((make_listing(stock=9), 1), buyer_name="Chị Lan", buyer_email="lan@example.vn")

    sections = export_guest_order(order=order, actor=SYSTEM, now=clock.now()).sections

    assert [row["number"] for row in sections["orders"]] == [order.number]
    assert sections["account"] == []
    assert AuditEntry.objects.get(action="person.exported").label == order.number


def test_orders_cost_the_same_queries_for_one_and_three():
    tea = make_listing(stock=99)
    one, three = make_user(), make_user()
    make_order((tea, 1), owner=one)
    for _ in range(3):
        make_order((tea, 1), owner=three)
    counts = []
    for user in (one, three):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            export(user)
        counts.append(len(queries))
    assert counts[0] == counts[1]
