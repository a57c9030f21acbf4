"""An import writes its own decision and touches no other."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shop.common import clock
from shop.domain.certificates.annexes.annex import Annex
from shop.domain.certificates.annexes.entries import Entry
from shop.domain.certificates.importing.applying import RowNotPlanned, Writing, batches_of, plain, write_batch
from shop.domain.certificates.importing.planning import Action, Plan, PlannedRow, plan_import
from shop.domain.certificates.models import Certificate, Decision, ImportRun
from shop.oscar_forks.partner.models import Partner
from tests.factories import make_certificate, make_decision, make_officer, make_province
from tests.factories.imports import HONEY, TEA, make_applied_import

pytestmark = pytest.mark.django_db


def test_other_decisions_keep_the_file_they_came_from():
    empty = make_decision(source="cu.xlsx")
    used = make_certificate().decision
    Decision.objects.filter(pk=used.pk).update(source="cu.xlsx")

    make_applied_import(HONEY, TEA)

    assert set(Decision.objects.filter(pk__in=[empty.pk, used.pk]).values_list("source", flat=True)) == {"cu.xlsx"}
    made = Decision.objects.get(number="12/QĐ-UBND")
    assert (made.authority, made.signed_on, made.is_sample) == ("UBND tỉnh Lâm Đồng", date(2026, 8, 5), False)
    assert made.source.endswith(".xlsx")
    found = Certificate.objects.filter(decision=made).order_by("pk").values_list("product_name", "stars", "score")
    assert list(found) == [("Mật ong", 3, 55), ("Trà Ô long", 4, 78)]


def test_a_number_of_another_authority_or_with_certificates_keeps_its_file():
    write(entry(), into=writing())
    other = make_decision(number="12/QĐ-UBND", authority="UBND tỉnh Đắk Nông", signed_on=DAY, source="cu.xlsx")
    Decision.objects.filter(authority=LAM_DONG).update(source="dau.xlsx")

    write(entry(product_name="Trà"))

    other.refresh_from_db()
    assert (other.source, Decision.objects.get(authority=LAM_DONG).source) == ("cu.xlsx", "dau.xlsx")


def test_a_decision_whose_certificates_are_gone_is_found_in_the_file_that_brings_it_again():
    words = {"number": "12/QĐ-UBND", "authority": "UBND tỉnh Lâm Đồng", "signed_on": date(2026, 8, 5)}
    forgotten = make_decision(source="cu.xlsx", **words)

    make_applied_import(HONEY)

    forgotten.refresh_from_db()
    assert (forgotten.source == "cu.xlsx", forgotten.certificates.count()) == (False, 1)


NOW = clock.now()
DAY, LAM_DONG = date(2026, 8, 5), "UBND tỉnh Lâm Đồng"


def writing(actor_id=None):
    run = ImportRun.objects.create(file_name="moi.xlsx", state=ImportRun.State.APPLYING, uploaded_at=NOW)
    return Writing(run=run, now=NOW, actor_id=actor_id)


def entry(row=3, **said):
    said = {"product_name": "Mật ong", "producer_name": "HTX Ong", "stars": 3, "issued_on": DAY, "signed_on": DAY} | said
    first = {"number": "12/QĐ-UBND", "authority": LAM_DONG, "province": "Đắk Nông", "province_code": make_province("68").code}
    return Entry(sheet="Phụ lục", row=row, **(first | said))


def write(*entries, into=None):
    """Write what an annex of these rows would; returns it with the writing."""
    into = into or writing()
    plan = plan_import(annex=Annex(entries=list(entries)))
    return [one for batch in batches_of(plan) for one in write_batch(batch, into)], into


def test_write_batch_writes_every_field_of_a_new_certificate():
    actor = make_officer()
    one = entry(
        product_name="MẬT  ONG (sữa, rừng)",
        variants=("Mật ong sữa", "Mật ong rừng"),
        address="thôn 1",
        group="Rượu trắng",
        score=Decimal(60),
        product_code="68-1",
        form="Nâng hạng",
        signed_on=date(2026, 8, 4),
    )

    (made,), into = write(one, into=writing(actor.pk))

    found = Certificate.objects.get()
    assert (made.certificate, made.variants) == (found, ("Mật ong sữa", "Mật ong rừng"))
    assert (found.code, found.product_name, found.folded_name) == ("LD-2026-00001", "MẬT  ONG (sữa, rừng)", "mật ong sữa rừng")
    assert (found.producer_name, found.folded_producer_name, found.producer.name) == ("HTX Ong", "hợp tác xã ong", "HTX Ong")
    assert (found.address_as_certified, found.legacy_province, found.province_id) == ("thôn 1", "Đắk Nông", "68")
    assert (found.stars, found.score, found.group_as_printed, found.criteria_set) == (3, Decimal(60), "Rượu trắng", 14)
    assert (found.product_code, found.form, found.issued_on, found.valid_until) == ("68-1", "upgrade", DAY, date(2029, 8, 5))
    assert (found.import_run, found.source_sheet, found.source_row) == (into.run, "Phụ lục", 3)
    assert (found.decision.number, found.decision.source, found.decision.signed_on) == (
        "12/QĐ-UBND",
        "moi.xlsx",
        date(2026, 8, 4),
    )
    assert found.decision.is_sample is found.producer.profile.is_sample is False
    event = found.events.get()
    assert (event.action, event.at, event.actor_id) == ("imported", NOW, actor.pk)
    assert event.detail == {"import_run": into.run.pk, "file": "moi.xlsx"}
    assert {(one.kind, one.object_id) for one in into.run.changes.all()} == {
        ("certificate_made", found.pk),
        ("producer_made", found.producer_id),
    }


def test_write_batch_writes_what_little_a_row_says():
    (made,), _into = write(entry(producer_name="", province="", province_code="", group="Lạ"))

    found = Certificate.objects.get(pk=made.certificate.pk)
    assert (found.producer, found.province, found.commune, found.criteria_set) == (None, None, None, None)
    assert (found.code, found.form, found.score, found.group_as_printed) == ("VN-2026-00001", "", None, "Lạ")


def test_rows_of_a_decision_share_it_and_samples_are_samples():
    sample = {"authority": "MẪU – dữ liệu trình diễn", "number": "MAU/QĐ"}
    made, _into = write(entry(), entry(4, product_name="Trà"), entry(5, product_name="Sen", **sample))

    honey, tea, lotus = (one.certificate for one in made)
    assert honey.decision == tea.decision != lotus.decision
    assert [one.certificate.code[-5:] for one in made] == ["00001", "00002", "00003"]
    assert (lotus.decision.is_sample, honey.decision.is_sample) == (True, False)
    assert honey.producer == tea.producer


@pytest.mark.parametrize(
    ("form", "note", "expected"),
    [
        ("Lần đầu", "", "initial"),
        ("Mới", "", "initial"),
        ("", "nâng hạng từ 3 sao", "upgrade"),
        ("Đánh giá lại", "", "re_evaluation"),
        ("", "Công nhận lại", "re_evaluation"),
        ("Phân hạng lại", "lần đầu", "re_evaluation"),
        ("cấp lại", "", "re_evaluation"),
        ("", "", ""),
        ("khác", "", ""),
    ],
)
def test_the_form_of_a_recognition_is_read_from_its_column_or_a_note(form, note, expected):
    (made,), _into = write(entry(form=form, note=note))

    assert made.certificate.form == expected


def test_write_batch_completes_what_was_blank_and_remembers_what_stood_there():
    (made,), _into = write(entry(producer_name="", province="", province_code=""))
    again = entry(address="thôn 1", score=Decimal("60.50"), product_code="68-1")

    (completed,), into = write(again)

    found = Certificate.objects.get()
    assert (completed.certificate, found.code, found.stars) == (made.certificate, "VN-2026-00001", 3)
    assert (found.producer.name, found.producer_name, found.folded_producer_name) == ("HTX Ong", "HTX Ong", "hợp tác xã ong")
    assert (found.address_as_certified, found.score, found.province_id) == ("thôn 1", Decimal("60.50"), "68")
    assert (found.product_code, found.legacy_province) == ("68-1", "Đắk Nông")
    change = into.run.changes.get(kind="certificate_completed")
    assert (change.object_id, change.new["score"], change.new["province_id"]) == (found.pk, "60.5", "68")
    assert change.old == {name: None if name in {"producer_id", "province_id", "score"} else "" for name in change.new}
    assert change.new["producer_id"] == found.producer_id
    assert [event.action for event in found.events.order_by("pk")] == ["imported", "completed"]


def test_a_completion_without_a_producer_leaves_it_as_it_is():
    (made,), _into = write(entry(province=""))

    write(entry(address="thôn 1"))

    found = Certificate.objects.get()
    assert (found.producer, found.address_as_certified) == (made.certificate.producer, "thôn 1")
    assert Partner.objects.count() == 1


def test_an_undone_certificate_of_the_same_decision_gets_its_code_back():
    (made,), _into = write(entry())
    other, _into = write(entry(product_name="Trà"))
    Certificate.objects.update(undone_at=NOW, producer=None)

    (again,), _into = write(entry(stars=4, address="thôn 2"))

    found = Certificate.objects.get()
    assert (again.certificate.pk, found.pk, found.code) == (made.certificate.pk, made.certificate.pk, "LD-2026-00001")
    assert (found.stars, found.address_as_certified, found.undone_at) == (4, "thôn 2", None)
    # Of another province it is another code, and one that was given is never given again.
    (moved,), _into = write(entry(product_name="Trà", province_code=make_province("38").code))
    assert (moved.certificate.code, moved.certificate.pk != other[0].certificate.pk) == ("TH-2026-00001", True)
    (new,), _into = write(entry(product_name="Sen"))
    assert new.certificate.code == "LD-2026-00003"


def test_a_row_that_no_plan_lets_through_is_not_written():
    undated = PlannedRow(entry(issued_on=None), Action.NEW)
    with pytest.raises(RowNotPlanned):
        write_batch([undated], writing())
    with pytest.raises(RowNotPlanned):
        write_batch([PlannedRow(entry(), Action.CHANGED, None, {"score": Decimal(60)})], writing())


def test_batches_hold_new_rows_first_and_nothing_that_stays_as_it_is(monkeypatch):
    monkeypatch.setattr("shop.domain.certificates.importing.applying.BATCH", 2)
    rows = [PlannedRow(Entry(sheet="", row=row), action) for row, action in enumerate((*Action, Action.NEW, Action.CHANGED))]

    found = [[row.entry.row for row in batch] for batch in batches_of(Plan(Annex(), rows, []))]

    assert found == [[0, 5], [1, 6]]


def test_plain_is_what_json_knows():
    assert [plain(value) for value in (Decimal("60.50"), Decimal(70), "x", None)] == ["60.5", "70", "x", None]


def test_a_sheet_with_a_long_name_is_kept_as_far_as_its_column_goes():
    plan = plan_import(annex=Annex(entries=[replace(entry(), sheet="x" * 200)]))

    (made,) = write_batch(next(batches_of(plan)), writing())

    assert Certificate.objects.get(pk=made.certificate.pk).source_sheet == "x" * 128
