"""What vouchers and their uses are called where a person meets them."""

from shop.domain.vouchers.models import Redemption, Voucher


def test_rows_are_called_by_what_they_are_known_by():
    assert str(Voucher(code="TET2026")) == "TET2026"
    assert str(Redemption(voucher_id=3, discount_vnd=50_000)) == "3 50000"
