"""Does the phone of a large first cash order answer? A one-time code of six digits says so.

The code follows from basket, phone and time under the shop's secret, so nothing is stored that could leak or be left
behind; it is good for this basket only, for fifteen minutes at least and thirty at most.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

from shop.domain.people.models import User
from shop.oscar_forks.order.models import Order

LIFE = timedelta(minutes=15)
WRONG_TRIES_MAX = 5
DIGITS = 6
SALT = "shop.phone_codes"
S = Order.Status
# A producer took one on: whoever buys by this phone is known a little.
TAKEN_ON = (S.PAID, S.IN_FULFILMENT, S.COMPLETED, S.REFUNDED)


def is_first_order(*, phone: str) -> bool:
    """Whether no order of this phone was ever paid for or taken on by its producer."""
    return not Order.objects.filter(buyer_phone=phone, status__in=TAKEN_ON).exists()


def needs_no_code(*, phone: str, user_id: int | None) -> bool:
    """Whether the account of the buyer has confirmed this very phone."""
    return User.objects.filter(pk=user_id, phone=phone, phone_verified=True).exists() if user_id else False


def phone_code(*, basket_id: int, phone: str, now: datetime) -> str:
    """Return the code to send to the phone now."""
    return _code(basket_id, phone, _quarter(now))


def is_right_code(*, basket_id: int, phone: str, code: str, now: datetime) -> bool:
    """Whether this code was sent to the phone for this basket a short while ago; five wrong tries shut it for a while."""
    typed = "".join(code.split())
    if not typed:
        return False
    counter = f"phone-code:{salted_hmac(SALT, phone).hexdigest()}"
    if (cache.get(counter) or 0) >= WRONG_TRIES_MAX:
        return False
    quarter = _quarter(now)
    if any(constant_time_compare(_code(basket_id, phone, at), typed) for at in (quarter, quarter - 1)):
        return True
    cache.add(counter, 0, int(LIFE.total_seconds()))
    cache.incr(counter)
    return False


def _quarter(now: datetime) -> int:
    return int(now.timestamp() // LIFE.total_seconds())


def _code(basket_id: int, phone: str, quarter: int) -> str:
    digest = salted_hmac(SALT, f"{basket_id}:{phone}:{quarter}", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return str(int.from_bytes(digest[:8]) % 10**DIGITS).zfill(DIGITS)
