import pytest

from shop.common import clock
from shop.demo.vouchers import load_sample_vouchers
from tests.factories import make_producer

pytestmark = pytest.mark.django_db


def test_two_vouchers_are_made_once_and_no_real_producer_gives_one():
    make_producer("HTX Thật")
    sample = make_producer("HTX Mẫu", is_sample=True)

    first, again = load_sample_vouchers(now=clock.now()), load_sample_vouchers(now=clock.now())

    assert [voucher.code for voucher in first] == ["MAU10", "MAU20K"]
    assert first == again
    assert [voucher.producer for voucher in first] == [None, sample]
