"""The registry as a file: every column, the row that says who took it, and nothing that a spreadsheet runs."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.exporting import COLUMNS, export_certificates
from shop.domain.certificates.models import Certificate, ImportRun
from shop.domain.people.actor import Actor
from tests.factories import make_certificate, make_commune, make_decision, make_officer, make_producer, make_province

pytestmark = pytest.mark.django_db


def exported(*certificates, officer=None, asked=""):
    chosen = Certificate.objects.filter(pk__in=[one.pk for one in certificates]).order_by("pk")
    actor = Actor(user_id=(officer or make_officer()).pk)
    text = export_certificates(certificates=chosen, actor=actor, asked=asked, now=clock.now())
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


DAY = clock.today() - timedelta(days=200)
# Columns that the file writes as the registry has them.
AS_IT_IS = {
    "product_name": "Trà",
    "stars": 4,
    "score": Decimal("70.50"),
    "issued_on": DAY,
    "extended_until": DAY + timedelta(days=1300),
    "stopped_on": DAY,
    "stop_reason": "Nhãn sai",
    "stop_decision": "7/QĐ",
    "superseded_on": DAY,
    "legacy_province": "Đắk Nông",
    "address_as_certified": "thôn 1",
    "group_as_printed": "Đồ uống",
    "criteria_set": 12,
    "product_code": "68-1",
    "source_sheet": "Phụ lục",
    "source_row": 7,
}


def test_export_certificates_writes_every_column():
    commune, newer = make_commune(), make_certificate(code="LD-2026-00002")
    tea = make_certificate(
        code="LD-2026-00001",
        producer=make_producer("=HTX"),
        decision=make_decision(number="9/QĐ-UBND", authority="UBND tỉnh Lâm Đồng", signed_on=DAY, is_sample=True),
        province=make_province("68"),
        commune=commune,
        stored_state="suspended",
        extension_reason="chờ",
        superseded_by=newer,
        import_run=ImportRun.objects.create(file_name="danh-sach.xlsx", uploaded_at=clock.now()),
        **AS_IT_IS,
    )

    row, plain = exported(tea, newer)[::-1]

    assert tuple(row) == COLUMNS
    assert row == {name: str(value) for name, value in AS_IT_IS.items()} | {
        "code": "LD-2026-00001",
        "producer_name": "'=HTX",
        "live_state": "suspended",
        "valid_until": tea.valid_until.isoformat(),
        "superseded_by": "LD-2026-00002",
        "decision_authority": "UBND tỉnh Lâm Đồng",
        "decision_number": "9/QĐ-UBND",
        "decision_signed_on": DAY.isoformat(),
        "province": "Lâm Đồng",
        "commune": commune.name,
        "source_file": "danh-sach.xlsx",
        "is_sample": "1",
    }
    blank = ("score", "extended_until", "superseded_by", "commune", "source_file", "source_row", "criteria_set")
    assert {plain[name] for name in blank} == {""}
    assert (plain["live_state"], plain["is_sample"]) == ("valid", "0")


def test_who_took_how_many_is_written_down():
    officer = make_officer()

    exported(make_certificate(), make_certificate(), officer=officer, asked="stars=4")

    told = AuditEntry.objects.get(action="certificates.exported")
    assert (told.actor_id, told.detail["rows"], told.detail["query"]) == (officer.pk, 2, "stars=4")
    assert (told.object_type, told.object_id, told.label) == ("export", "certificates", "CSV")
