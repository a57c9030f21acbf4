from datetime import date

import pytest

from shop.domain.certificates.models import Certificate
from shop.domain.certificates.renewing import RenewalState, renewal_window_of

CERTIFICATE = Certificate(issued_on=date(2025, 8, 14), valid_until=date(2028, 8, 14))


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2028, 2, 15), RenewalState.NOT_YET),
        (date(2028, 2, 16), RenewalState.OPEN),
        (date(2028, 4, 16), RenewalState.OPEN),
        (date(2028, 4, 17), RenewalState.LATE),
        (date(2028, 8, 14), RenewalState.LATE),
        (date(2028, 8, 15), RenewalState.OVER),
    ],
)
def test_a_dossier_is_in_time_from_180_to_120_days_before_the_end(today, state):
    assert renewal_window_of(CERTIFICATE, today=today).state == state
