"""The hidden ticket of an order form: which basket it was made for, and the key of its one order."""

import uuid
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from shop.common.written_once import WrittenOnce
from shop.oscar_forks.basket.models import Basket

SALT = "shop.web.storefront.checkout"
_basket_with = WrittenOnce[Basket](lambda pk: Basket.objects.filter(pk=pk))


@dataclass(frozen=True)
class Ticket:
    """Signed, because the basket's cookie is gone when a second press arrives after the order."""

    basket_id: int
    key: uuid.UUID
    # As the basket was when the ticket was read.
    is_open: bool = True

    @property
    def text(self) -> str:
        return Signer(salt=SALT).sign(f"{self.basket_id}.{self.key.hex}")


def new_ticket(basket_id: int) -> Ticket:
    """Return the ticket of a freshly rendered form."""
    return Ticket(basket_id, uuid.uuid4())


def read_ticket(request: HttpRequest) -> Ticket | None:
    """Return the posted ticket if it is ours and its basket is nobody's or this person's."""
    try:
        basket_id, _, key = Signer(salt=SALT).unsign(request.POST.get("ticket", "")).partition(".")
    except BadSignature:
        return None
    basket = next(iter(_basket_with(pk=int(basket_id))), Basket(status=""))
    if basket.owner_id is not None and basket.owner_id != request.user.pk:
        return None
    return Ticket(int(basket_id), uuid.UUID(hex=key), is_open=basket.status == Basket.OPEN)
