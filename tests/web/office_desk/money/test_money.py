"""The room of money: each row is ended by its act, and nobody approves what they asked for."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger import accounts
from shop.domain.ledger.posting import Posting, balance_of, post
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import BankTransfer, MoneyAlert, Refund
from shop.operations.invariants import broken_invariants
from tests.factories import make_officer, make_province, make_staff, make_user
from tests.factories.logins import log_in
from tests.factories.transfers import make_transfer, make_transfer_order, open_account

pytestmark = pytest.mark.django_db
ROOM = "/van-phong/tien/"
PATHS = [ROOM, f"{ROOM}chuyen-khoan/", f"{ROOM}sao-ke/", f"{ROOM}tien-mat/", f"{ROOM}giao-hang/"]


@pytest.fixture(autouse=True)
def _account(settings):
    open_account(settings)


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def office(officer):
    return log_in(Client(), officer, second_factor=True)


def row(kind):
    return MoneyAlert.objects.get(kind=kind, closed_at__isnull=True)


def act(office, alert, name, **typed):
    values = {f"{name}-{field}": value for field, value in typed.items()}
    return office.post(f"{ROOM}viec/{alert.pk}/", {"act": name, **values})


def waiting_refund(by, *, amount_vnd=6_000_000):
    order = make_transfer_order()
    payment = order.payments.get()
    type(payment).objects.filter(pk=payment.pk).update(
        status="succeeded", amount_vnd=amount_vnd, captured_vnd=amount_vnd, promised_back_vnd=amount_vnd
    )
    return Refund.objects.create(
        payment=payment,
        order=order,
        key=f"t{payment.pk}",
        amount_vnd=amount_vnd,
        reason="goodwill",
        status="requested",
        requested_by=by,
        requested_at=clock.now(),
    )


@pytest.mark.parametrize("path", PATHS)
def test_only_those_who_answer_for_the_country_find_the_room(path):
    local = make_officer(scope="province", province=make_province())

    assert log_in(Client(), make_staff(), second_factor=True).get(path).status_code == 200
    assert log_in(Client(), make_officer(), second_factor=True).get(path).status_code == 200
    assert log_in(Client(), local, second_factor=True).get(path).status_code == 404
    assert log_in(Client(), make_user()).get(path).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_the_room_in_english(office, path):
    assert office.get(f"/en{path}").status_code == 200


def test_the_front_page_counts_what_waits(office):
    make_transfer()

    assert "Khoản tiền cần xử lý" in office.get("/van-phong/").content.decode()


def test_money_of_nobody_is_matched_by_its_order(office):
    order = make_transfer_order()
    make_transfer(order.payments.get().amount_vnd)
    alert = row("unknown_reference")

    wrong = act(office, alert, "match", order_number="OC-00000000")
    empty = act(office, alert, "match", order_number="")
    right = act(office, alert, "match", order_number=order.number)
    again = act(office, alert, "match", order_number=order.number)

    order.refresh_from_db()
    assert [wrong.status_code, empty.status_code, right.status_code, again.status_code] == [409, 422, 302, 409]
    assert "OC-00000000" in wrong.content.decode()
    assert (order.status, AuditEntry.objects.filter(action="transfer.matched").count()) == ("paid", 1)


def test_money_of_nobody_goes_back_and_a_note_does_not_do(office):
    transfer = make_transfer()
    alert = row("unknown_reference")

    assert act(office, alert, "close", note="xong").status_code == 409
    assert act(office, alert, "return", bank_reference="FT99").status_code == 302

    transfer.refresh_from_db()
    assert (transfer.state, balance_of(accounts.BANK)) == ("returned", 0)
    assert AuditEntry.objects.get(action="transfer.returned").detail["new"]["bank_reference"] == "FT99"


def test_what_came_too_much_goes_back_once(office):
    order = make_transfer_order()
    total = order.payments.get().amount_vnd
    make_transfer(total + 5_000, memo=order.number)
    alert = row("overpaid")
    assert "5.000" in office.get(f"{ROOM}viec/{alert.pk}/").content.decode()

    amounts = ("4.000", "5.000", "5.000")
    answers = [act(office, alert, "surplus", amount_vnd=sent, bank_reference="FT7").status_code for sent in amounts]

    assert (answers, balance_of(accounts.BANK), balance_of(accounts.UNALLOCATED)) == ([409, 302, 409], total, 0)
    assert broken_invariants() == []


def test_a_part_that_went_back_adds_up_with_nothing(office):
    order = make_transfer_order()
    total = order.payments.get().amount_vnd
    make_transfer(total - 10_000, memo=order.number)

    assert act(office, row("underpaid"), "surplus", amount_vnd=total - 10_000, bank_reference="FT7").status_code == 302
    make_transfer(10_000, memo=order.number, reference="FT2")

    order.refresh_from_db()
    assert (order.status, balance_of(accounts.BANK)) == ("awaiting_payment", 10_000)
    make_transfer(total - 10_000, memo=order.number, reference="FT3")
    order.refresh_from_db()
    assert (order.status, broken_invariants()) == ("paid", [])


def test_what_has_no_money_in_it_is_closed_with_a_note(office):
    alert = raise_alert(key="x", kind="forged_webhook", now=clock.now(), reason="forged")

    assert act(office, alert, "close", note="  ").status_code == 422
    assert act(office, alert, "close", note="Đã hỏi ngân hàng").status_code == 302
    assert act(office, alert, "close", note="lần nữa").status_code == 409
    assert AuditEntry.objects.get(action="alert.closed").reason == "Đã hỏi ngân hàng"


def test_a_second_person_approves_and_nobody_their_own(office, officer):
    own, other = waiting_refund(officer), waiting_refund(make_officer())

    assert "cần một người khác duyệt" in office.get(ROOM).content.decode()
    refused = office.post(f"{ROOM}hoan/{own.pk}/duyet/")
    taken = office.post(f"{ROOM}hoan/{other.pk}/duyet/")
    again = office.post(f"{ROOM}hoan/{other.pk}/duyet/")

    own.refresh_from_db()
    other.refresh_from_db()
    assert [refused.status_code, taken.status_code, again.status_code] == [409, 302, 409]
    assert (own.status, other.status, other.approved_by) == ("requested", "approved", officer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_for_one_row_and_for_three(office, django_assert_max_num_queries, count):
    for number in range(count):
        make_transfer(reference=f"FT{number}")
        waiting_refund(make_officer())

    for path in PATHS[:2]:
        with django_assert_max_num_queries(45):
            assert office.get(path).status_code == 200


def test_transfers_are_found_by_words_and_state(office):
    make_transfer(memo="Nguyen Thi Hoa mua mat ong")

    assert "FT1" in office.get(f"{PATHS[1]}?q=mat+ong").content.decode()
    assert "Không có khoản tiền nào" in office.get(f"{PATHS[1]}?q=khong-co").content.decode()
    assert "FT1" in office.get(f"{PATHS[1]}?trang-thai=unmatched").content.decode()


def upload(office, text):
    return office.post(PATHS[2], {"file": SimpleUploadedFile("sao-ke.csv", text.encode())})


def test_a_statement_is_looked_at_then_taken(office):
    order = make_transfer_order()
    total = order.payments.get().amount_vnd
    make_transfer(70_000, reference="FT1")
    lines = [
        "Ngày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Nội dung",
        "20/11/2026;FT1;;70.000;mua che",
        f"20/11/2026;FT2;;{total};{order.number}",
        "20/11/2026;FT3;50.000;;phi",
        "20/11/2026;FT4;;100,5;le",
        "hôm qua;FT5;;1000;x",
        "20/11/2026;;;1000;x",
        "20/11/2026;FT2;;1000;x",
    ]

    page = upload(office, "\n".join(lines)).content.decode()

    assert "Mới: 1 · Không ghi được: 4 · Tiền ra, bỏ qua: 1" in page
    assert BankTransfer.objects.count() == 1
    signed = re.search(r'name="statement" value="([^"]+)"', page)[1]
    answers = [office.post(f"{PATHS[2]}ghi/", {"statement": signed, "line": line}).status_code for line in ("3", "all", "999")]
    order.refresh_from_db()
    assert (answers, order.status, BankTransfer.objects.count()) == ([200] * 3, "paid", 2)
    assert AuditEntry.objects.filter(action="statement.taken").count() == 1


def test_a_crafted_preview_and_a_file_of_something_else_are_refused(office):
    assert office.post(f"{PATHS[2]}ghi/", {"statement": "x:y", "line": "all"}).status_code == 422
    assert upload(office, "a;b;c\n1;2;3").status_code == 422
    assert upload(office, "").status_code == 422
    assert BankTransfer.objects.count() == 0


def test_a_carrier_brings_what_it_holds_and_each_slip_once(office):
    entries = [Posting(accounts.COD_CARRIER, 900_000), Posting(accounts.COMMISSION, -900_000)]
    post(key="t", kind="capture", entries=entries, now=clock.now())

    typed = [("1.000.000", "P1"), ("-5", "P1"), ("1,5", "P1"), ("400.000", "P1"), ("400.000", "P1"), ("500000", "P2")]
    answers = [office.post(PATHS[3], {"amount_vnd": amount, "slip": slip}).status_code for amount, slip in typed]

    assert answers == [409, 422, 422, 302, 409, 302]
    assert (balance_of(accounts.COD_CARRIER), balance_of(accounts.BANK)) == (0, 900_000)
