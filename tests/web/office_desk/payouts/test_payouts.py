"""The room of payouts: one prepares, another approves, the bank's file leaves, its answer comes back."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.payouts.models import PayoutBatch
from tests.factories import make_officer, make_producer, make_province, make_staff, make_user
from tests.factories.logins import log_in
from tests.factories.payouts import look_at_books, make_earning

pytestmark = pytest.mark.django_db
ROOM = "/van-phong/chi-tra/"


@pytest.fixture
def first():
    return log_in(Client(), make_officer(), second_factor=True)


@pytest.fixture
def second():
    return log_in(Client(), make_officer(), second_factor=True)


def prepare(first):
    look_at_books()
    parcel = make_earning(make_producer())
    response = first.post(f"{ROOM}lap/")
    batch = PayoutBatch.objects.get()
    assert response.url == f"{ROOM}{batch.pk}/"
    return batch, parcel


@pytest.mark.parametrize("path", [ROOM, f"/en{ROOM}"])
def test_only_those_who_answer_for_the_country_find_the_room(client, path):
    local = make_officer(scope="province", province=make_province())

    assert log_in(client, make_staff(), second_factor=True).get(path).status_code == 200
    assert log_in(client, make_officer(), second_factor=True).get(path).status_code == 200
    assert log_in(client, local, second_factor=True).get(path).status_code == 404
    assert log_in(client, make_user()).get(path).status_code == 404


def test_an_empty_room_says_so_and_nothing_is_prepared(first):
    look_at_books()

    assert "Chưa chủ thể nào có tiền được trả" in first.get(ROOM).content.decode()
    assert first.post(f"{ROOM}lap/").status_code == 409


def test_books_nobody_looked_at_stop_the_batch(first):
    make_earning(make_producer())
    answer = first.post(f"{ROOM}lap/")

    assert (answer.status_code, PayoutBatch.objects.count()) == (409, 0)
    assert "chưa được kiểm tra lần nào" in answer.content.decode()


def test_the_one_who_prepared_sees_no_button_and_a_crafted_press_is_refused(first):
    batch, _ = prepare(first)

    page = first.get(f"{ROOM}{batch.pk}/").content.decode()
    assert f"{ROOM}{batch.pk}/duyet/" not in page
    answer = first.post(f"{ROOM}{batch.pk}/duyet/")
    assert answer.status_code == 409
    assert "cần một người khác duyệt" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.status == "prepared"


def test_the_second_person_approves_and_takes_the_file(first, second):
    batch, parcel = prepare(first)
    assert second.post(f"{ROOM}{batch.pk}/duyet/").status_code == 302

    text = second.post(f"{ROOM}{batch.pk}/tep/", {"as": "csv"}).content.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(second.post(f"{ROOM}{batch.pk}/tep/", {"as": "xlsx"}).content)).active
    batch.refresh_from_db()

    assert str(parcel.total_vnd) in text
    assert batch.checksum in text
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][6] == rows[2][6] == parcel.total_vnd
    assert isinstance(rows[1][4], str)  # an account number is no number: it may begin with a nought
    assert AuditEntry.objects.filter(action="payout.file_taken").count() == 2


def test_no_file_of_a_batch_that_waits(first):
    batch, _ = prepare(first)

    assert first.post(f"{ROOM}{batch.pk}/tep/", {"as": "csv"}).status_code == 409


def test_red_books_keep_the_file(first, second):
    batch, _ = prepare(first)
    second.post(f"{ROOM}{batch.pk}/duyet/")
    look_at_books(breaks={"an order has lines": 1})

    assert second.post(f"{ROOM}{batch.pk}/tep/", {"as": "csv"}).status_code == 409


def answer_of(payout, *, amount=None):
    text = f"Mã chi trả,Số tiền,Kết quả,Mã giao dịch\n{payout.code},{amount or payout.amount_vnd},thành công,FT77\n"
    return {"answers": SimpleUploadedFile("tra-loi.csv", text.encode())}


def test_the_bank_s_answer_ends_the_batch(first, second):
    batch, _ = prepare(first)
    second.post(f"{ROOM}{batch.pk}/duyet/")
    payout = batch.payouts.get()

    wrong = second.post(f"{ROOM}{batch.pk}/tra-loi/", answer_of(payout, amount=payout.amount_vnd + 1))
    assert wrong.status_code == 422
    assert "Dòng 2" in wrong.content.decode()
    assert second.post(f"{ROOM}{batch.pk}/tra-loi/").status_code == 422
    assert second.post(f"{ROOM}{batch.pk}/tra-loi/", answer_of(payout)).status_code == 302

    payout.refresh_from_db()
    batch.refresh_from_db()
    assert (payout.status, payout.bank_reference, batch.status) == ("paid", "FT77", "settled")


def test_a_payout_is_marked_by_hand(first, second):
    batch, _ = prepare(first)
    second.post(f"{ROOM}{batch.pk}/duyet/")
    payout = batch.payouts.get()

    assert second.post(f"{ROOM}{batch.pk}/{payout.pk}/", {"result": "paid", "text": ""}).status_code == 409
    assert second.post(f"{ROOM}{batch.pk}/{payout.pk}/", {"result": "failed", "text": "Sai tên"}).status_code == 302
    payout.refresh_from_db()
    assert (payout.status, payout.failure) == ("failed", "Sai tên")


def test_a_batch_is_called_off(first):
    batch, _ = prepare(first)

    assert first.post(f"{ROOM}{batch.pk}/huy/").status_code == 302
    batch.refresh_from_db()
    assert (batch.status, batch.closed_at is not None) == ("cancelled", clock.now() is not None)
