"""The ten lists import with the counts of their sources; twice changes nothing; refused changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.conf import settings
from django.db import connection

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.models import Certificate, CertificateEvent, Decision, ImportRun
from shop.domain.listings.importing import import_list
from shop.domain.listings.models import Listing
from shop.domain.producers.models import ProducerProfile

DECISIONS = settings.BASE_DIR / "shop" / "demo" / "data" / "decisions"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=SHOP_TIME_ZONE)
FIRST_PART, SECOND_PART = "bo-377-qd-bnn-vpdp.xlsx", "bo-nong-nghiep-va-phat-trien-nong-thon-377-qd-bnn-vpdp-2025-01-17.csv"

pytestmark = pytest.mark.django_db


def import_shipped(name, **options):
    given = options.pop("given", Given())
    return import_list(path=DECISIONS / name, given=given, now=NOW, **options)


def stars_of(outcome):
    return sorted(row.entry.stars for row in outcome.plan.rows)


@pytest.mark.parametrize(
    ("name", "number", "authority", "signed_on", "stars"),
    [
        ("lam-dong-3981-qd-ubnd.xlsx", "3981/QĐ-UBND", "UBND tỉnh Lâm Đồng", date(2026, 8, 5), [3] * 9),
        ("dak-nong-858-qd-ubnd.xlsx", "858/QĐ-UBND", "UBND tỉnh Đắk Nông", date(2025, 6, 19), [4] * 5),
        ("dak-song-1887-qd-ubnd.csv", "1887/QĐ-UBND", "UBND huyện Đắk Song", date(2025, 6, 16), [3] * 8),
        (FIRST_PART, "377/QĐ-BNN-VPĐP", "Bộ Nông nghiệp và Phát triển nông thôn", date(2025, 1, 17), [5] * 9),
        ("thanh-hoa-1114-qd-ubnd.xlsx", "1114/QĐ-UBND", "UBND tỉnh Thanh Hóa", date(2021, 4, 6), [3] * 4 + [4] * 3),
        ("dong-thap-1850-qd-ubnd-hc.csv", "1850/QĐ-UBND-HC", "UBND tỉnh Đồng Tháp", date(2020, 12, 7), [3] * 5),
        ("gia-lai-371-qd-ubnd-2025-06-24.xlsx", "371/QĐ-UBND", "UBND tỉnh Gia Lai", date(2025, 6, 24), [4] * 12),
        ("tuyen-quang-321-qd-ubnd-2024-08-06.xlsx", "321/QĐ-UBND", "UBND tỉnh Tuyên Quang", date(2024, 8, 6), [4] * 4),
        (SECOND_PART, "377/QĐ-BNN-VPĐP", "Bộ Nông nghiệp và Phát triển nông thôn", date(2025, 1, 17), [5] * 3),
    ],
)
def test_import_list_reads_a_shipped_list_whole(name, number, authority, signed_on, stars):
    outcome = import_shipped(name)

    assert outcome.report["decision"] == {"authority": authority, "number": number, "signed_on": signed_on.isoformat()}
    assert stars_of(outcome) == stars
    assert outcome.report["counts"]["new"] == Certificate.objects.count() == len(stars)
    assert list(Decision.objects.values_list("number", "authority", "signed_on")) == [(number, authority, signed_on)]


def test_import_list_without_a_number_is_refused_until_one_is_given():
    refused = import_shipped("hai-duong-tong-hop-2023.xlsx")

    assert refused.is_refused
    assert [p.code for p in refused.plan.problems if p.is_error] == ["decision_number_missing"]
    assert Certificate.objects.count() == 0

    accepted = import_shipped("hai-duong-tong-hop-2023.xlsx", given=Given(number="2919/QĐ-UBND"))

    assert stars_of(accepted) == [4] * 19
    assert Certificate.objects.filter(producer__isnull=True).count() == 2
    assert Listing.objects.count() == 17


def test_import_list_makes_certificates_unclaimed_producers_and_drafts():
    import_shipped("lam-dong-3981-qd-ubnd.xlsx")

    honey_farm = Certificate.objects.get(product_name="Cao Atiso Hoàng An")
    assert honey_farm.code == "LD-2026-00009"
    assert (honey_farm.issued_on, honey_farm.valid_until) == (date(2026, 8, 5), date(2029, 8, 5))
    assert (honey_farm.source_row, honey_farm.stored_state) == (16, "active")
    assert honey_farm.import_run.file_name == "lam-dong-3981-qd-ubnd.xlsx"
    assert honey_farm.producer.profile.status == ProducerProfile.Status.UNCLAIMED
    assert honey_farm.product.listing.state == Listing.State.DRAFT
    assert ProducerProfile.objects.count() == 4
    assert CertificateEvent.objects.filter(action="imported").count() == 9


def test_import_list_twice_changes_nothing():
    import_shipped("gia-lai-371-qd-ubnd-2025-06-24.xlsx")
    before = list(Certificate.objects.order_by("pk").values())

    again = import_shipped("gia-lai-371-qd-ubnd-2025-06-24.xlsx")

    assert again.report["counts"]["unchanged"] == 12
    assert again.report["counts"]["new"] == 0
    assert list(Certificate.objects.order_by("pk").values()) == before
    assert ImportRun.objects.count() == 1


def test_import_list_completes_the_producer_another_part_leaves_out():
    import_shipped(FIRST_PART)
    waiting = Certificate.objects.get(product_name="Bánh dừa nướng Quý Thu")
    assert (waiting.producer, waiting.product) == (None, None)

    second = import_shipped(SECOND_PART)

    assert {name: second.report["counts"][name] for name in ("new", "changed", "conflicting")} == {
        "new": 2,
        "changed": 1,
        "conflicting": 0,
    }
    waiting.refresh_from_db()
    assert waiting.producer.name == "Công ty TNHH Sản xuất - Thương mại Quý Thu"
    assert waiting.product.listing.state == Listing.State.DRAFT
    assert import_shipped(FIRST_PART).report["counts"]["unchanged"] == 9


def test_import_list_takes_the_parts_in_either_order():
    import_shipped(SECOND_PART)
    first = import_shipped(FIRST_PART)

    assert first.report["counts"]["new"] == 8
    assert first.report["counts"]["unchanged"] == 1


def test_import_list_dry_run_writes_nothing():
    outcome = import_shipped("dak-nong-858-qd-ubnd.xlsx", dry_run=True)

    assert outcome.report["applied"] is False
    assert outcome.plan.can_be_applied
    assert Certificate.objects.count() == Decision.objects.count() == ProducerProfile.objects.count() == 0


def test_import_list_files_the_product_under_its_criteria_set():
    import_shipped("lam-dong-3981-qd-ubnd.xlsx")

    coffee = Certificate.objects.get(product_name="beCHAMP Coffee Gu Mạnh").product
    assert (coffee.criteria_set, coffee.origin_province.name) == (13, "Lâm Đồng")
    assert coffee.is_alcohol is False


def test_import_list_that_fails_half_way_leaves_nothing(monkeypatch):
    def fail(**_anything):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("shop.domain.listings.importing.draft_listings", fail)

    with pytest.raises(RuntimeError, match="the disk is full"):
        import_shipped("lam-dong-3981-qd-ubnd.xlsx")

    assert Certificate.objects.count() == Decision.objects.count() == ProducerProfile.objects.count() == 0
    assert ImportRun.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_import_list_twice_at_once_imports_once():
    def import_and_disconnect():
        try:
            return import_shipped("gia-lai-371-qd-ubnd-2025-06-24.xlsx").report["counts"]["new"]
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as clerks:
        attempts = [clerks.submit(import_and_disconnect) for _clerk in range(2)]

    assert sorted(attempt.result() for attempt in attempts) == [0, 12]
    assert Certificate.objects.count() == Listing.objects.count() == 12
    assert len(set(Certificate.objects.values_list("code", flat=True))) == 12
