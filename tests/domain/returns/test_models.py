"""What the rows of a return are called where a person meets them, and where its pictures are."""

from django.core.files.storage import storages

from shop.domain.returns.models import RefundAccount, ReturnLine, ReturnPhoto, ReturnRequest, ReturnStep, private_storage


def test_rows_are_called_by_what_they_are_known_by():
    named = (
        (ReturnRequest(parcel_id=7, state="asked"), "7 asked"),
        (ReturnStep(side="buyer", state="asked"), "buyer asked"),
        (RefundAccount(bank_bin="970436", account_number="0071000123456"), "970436 …3456"),
        (ReturnLine(line_id=3, quantity=2), "3 × 2"),
        (ReturnPhoto(file="tra-hang/a.jpg"), "tra-hang/a.jpg"),
    )

    assert [str(row) for row, _name in named] == [name for _row, name in named]


def test_pictures_lie_where_no_address_leads():
    assert private_storage() is storages["private"]
