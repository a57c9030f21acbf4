"""A sheet says what it was told and runs nothing."""

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from shop.common.workbook import xlsx_bytes


def cells_of(*row):
    (found,) = load_workbook(io.BytesIO(xlsx_bytes([row], title="Bảng"))).active.iter_rows()
    return found


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_what_would_run_is_text(text):
    (cell,) = cells_of(text)

    assert cell.data_type == "s"
    assert cell.value.startswith("'")


def test_numbers_and_days_stay_what_they_are():
    number, day, moment, nothing = cells_of(-185_000, date(2026, 11, 28), datetime(2026, 11, 28, 9, tzinfo=UTC), None)

    assert (number.value, day.is_date, moment.is_date) == (-185_000, True, True)
    assert not nothing.value
