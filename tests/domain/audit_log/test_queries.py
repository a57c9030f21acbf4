from datetime import date, datetime, timedelta

import pytest

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.audit_log.models import AuditEntry
from shop.domain.audit_log.queries import Asked, entries_within, search_entries
from tests.factories import make_commune, make_officer, make_province, make_user
from tests.factories.office import make_entry

pytestmark = pytest.mark.django_db


def found(**asked):
    return [entry.label for entry in search_entries(AuditEntry.objects.all(), asked=Asked(**asked))]


def test_each_officer_reads_of_their_own_place():
    commune = make_commune()
    code = commune.province_id
    make_entry(label="xã", province_code=code, commune_code=commune.code)
    make_entry(label="tỉnh", province_code=code)
    make_entry(label="nơi khác", province_code="68")
    make_entry(label="không nơi nào")
    make_entry("person.exported", kind="person", label="người mua", province_code=code)

    def read_by(officer):
        return sorted(entry.label for entry in entries_within(officer=officer))

    assert read_by(make_officer(scope="commune", commune=commune, province=commune.province).officer) == ["xã"]
    assert read_by(make_officer(scope="province", province=make_province(code)).officer) == ["tỉnh", "xã"]
    assert read_by(make_officer().officer) == ["không nơi nào", "nơi khác", "tỉnh", "xã"]
    assert len(read_by(None)) == 5


def test_words_are_looked_for_in_label_reason_action_and_number():
    make_entry(label="HTX Chè Tân Cương", number=71, reason="Hồ sơ giả")
    make_entry("listing.hidden", kind="listing", label="Miến dong", number=72)

    assert found(words="chè") == ["HTX Chè Tân Cương"]
    assert found(words="hồ giả") == ["HTX Chè Tân Cương"]
    assert found(words="hidden") == ["Miến dong"]
    assert found(words="72") == ["Miến dong"]
    assert found(words="chè hidden") == []


def test_actor_kind_and_object_narrow():
    user = make_user()
    make_entry(label="của tôi", user=user)
    make_entry(label="của hệ thống", kind="listing", number=9)

    assert found(actors=[user.pk]) == ["của tôi"]
    assert found(actors=[]) == []
    assert found(object_type="listing") == ["của hệ thống"]
    assert found(object_type="listing", object_id="9") == ["của hệ thống"]


def test_days_are_local_and_both_included():
    late = datetime(2026, 11, 24, 23, 59, tzinfo=SHOP_TIME_ZONE)
    make_entry(label="24", at=late)
    make_entry(label="25", at=late + timedelta(minutes=1))

    assert found(since=date(2026, 11, 24), until=date(2026, 11, 24)) == ["24"]
    assert found(since=date(2026, 11, 25)) == ["25"]
    assert found(until=date.max) == ["25", "24"]
