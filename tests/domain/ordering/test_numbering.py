import re

from shop.domain.ordering.numbering import make_order_number


def test_order_numbers_are_readable_and_different():
    numbers = {make_order_number() for _ in range(1000)}

    assert len(numbers) == 1000
    assert all(re.fullmatch(r"OC-[0-9A-HJKMNP-TV-Z]{8}", number) for number in numbers)
