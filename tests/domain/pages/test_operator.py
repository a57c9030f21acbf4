"""Who runs the shop."""

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.pages.models import OperatorRecord
from shop.domain.pages.operator import OperatorData, declare_operator, operator_data
from shop.domain.pages.placeholders import written_values
from shop.domain.pages.queries import current_operator
from shop.domain.people.actor import Actor

pytestmark = pytest.mark.django_db
DATA = OperatorData("Công ty Chợ OCOP", "1 Tràng Tiền, Hà Nội", "0100109106", "123/TMĐT", "+84912345678", "a@b.vn")


def declare(data):
    return declare_operator(data=data, actor=Actor(), now=clock.now())


def test_a_declaration_is_kept_beside_the_earlier_ones():
    declare(OperatorData(name="Cũ"))
    declare(DATA)
    declare(DATA)

    assert [each.name for each in OperatorRecord.objects.all()] == ["Cũ", DATA.name]
    assert operator_data(current_operator()) == DATA
    entry = AuditEntry.objects.filter(action="page.operator_declared").latest("pk")
    assert (entry.detail["old"]["name"], entry.detail["new"]["tax_code"]) == ("Cũ", "0100109106")


def test_nothing_declared_is_said_in_words():
    assert not operator_data(current_operator()).is_complete
    assert written_values(numbers={}, operator=None, language="vi")["operator_name"] == "(chưa khai báo)"


def test_values_are_written_as_people_read_them():
    declared = declare(DATA)
    values = written_values(numbers={"cod_limit_vnd": 5_000_000, "return_window_days": 7}, operator=declared, language="vi")

    assert values["operator_phone"] == "0912 345 678"
    assert values["cod_limit_vnd"].replace("\xa0", " ") == "5.000.000 ₫"
    assert values["return_window_days"] == "7"
