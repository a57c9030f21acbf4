import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from shop.common.csv_text import BYTE_ORDER_MARK, csv_text

PAYLOADS = [
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\xa0=1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_a_csv_can_be_run(payload):
    text = csv_text([[payload, "Chè"]])

    cell = next(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))[0]
    assert cell == f"'{payload}"


def test_numbers_days_and_quotes_stay_what_they_are():
    text = csv_text([["Chè, «xanh»", 'Nói "có"', -5, Decimal("91.5"), date(2026, 11, 24), None]])

    assert text == '\ufeff"Chè, «xanh»","Nói ""có""",-5,91.5,2026-11-24,\r\n'
