"""«Tell me when it is back»: asked for on a product's page, confirmed by guests, taken back by anybody at any time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zlib import crc32

from django.db import transaction

from catalogue_ext.models import Product
from shop.common.gates import shut_gates
from shop.domain.consents.models import Purpose
from shop.domain.consents.recording import Circumstances, ConsentSubject, answer_consent, person, stock_notice

from .keeping import NotOnDisplay, displayed_product
from .letters import post_confirmation
from .models import StockNotice
from .purchasable_again import is_purchasable

S = StockNotice.State
OPEN = (S.UNCONFIRMED, S.WAITING)
MOST_OF_A_PERSON = 50
MOST_OF_A_GUEST = 10
# Letters that ask a guest for a confirmation, per address and day: nobody's mailbox is flooded from here.
MOST_LETTERS = 5
LETTERS_COUNTED_FOR = timedelta(hours=24)
# Who did not confirm by then has forgotten it, or never asked.
CONFIRM_WITHIN = timedelta(hours=48)


class TooManyNotices(Exception):
    """A person waits for fifty products already."""


class NotTheirs(Exception):
    """The request is another person's, or is not there."""


class AlreadyOnSale(Exception):
    """The product can be bought: there is nothing to wait for."""


@dataclass(frozen=True)
class GuestContact:
    """One way to a guest: an e-mail address, or a phone in E.164."""

    email: str = ""
    phone: str = ""

    @property
    def gate(self) -> int:
        return crc32((self.email or self.phone).encode())


@transaction.atomic
def ask_as_person(*, product_id: int, user_id: int, how: Circumstances) -> StockNotice:
    """Let an account wait for a product; pressing again changes nothing. The press is the consent."""
    product = _awaitable(product_id, how.now.date())
    shut_gates(kind="stock_notices_of_person", ids=[user_id])
    answer_consent(subject=person(user_id), purpose=Purpose.BACK_IN_STOCK, is_given=True, how=how)
    waiting = StockNotice.objects.filter(user_id=user_id, state=S.WAITING)
    present = waiting.filter(product=product).first()
    if present is not None:
        return present
    if waiting.count() >= MOST_OF_A_PERSON:
        raise TooManyNotices(user_id)
    return StockNotice.objects.create(
        product=product,
        user_id=user_id,
        language=how.language,
        state=S.WAITING,
        source=how.source[:255],
        created_at=how.now,
        confirmed_at=how.now,
    )


@transaction.atomic
def ask_as_guest(*, product_id: int, contact: GuestContact, how: Circumstances) -> None:
    """Ask the owner of an address whether they want to wait; answers nothing, so it tells nothing about the address.

    Over the limits, or while a request is open, no further letter goes out.
    """
    product = _awaitable(product_id, how.now.date())
    shut_gates(kind="stock_notices_of_guest", ids=[contact.gate])
    own = StockNotice.objects.filter(user=None, email=contact.email, phone=contact.phone)
    if own.filter(product=product, state__in=OPEN).exists() or own.filter(state__in=OPEN).count() >= MOST_OF_A_GUEST:
        return
    if own.filter(created_at__gt=how.now - LETTERS_COUNTED_FOR).count() >= MOST_LETTERS:
        return
    notice = StockNotice.objects.create(
        product=product,
        email=contact.email,
        phone=contact.phone,
        language=how.language,
        state=S.UNCONFIRMED,
        source=how.source[:255],
        created_at=how.now,
    )
    post_confirmation(notice=notice, now=how.now)


@transaction.atomic
def confirm_notice(*, notice_id: int, how: Circumstances) -> StockNotice | None:
    """A guest proved the address: from now on the request waits. None when it is gone; once more changes nothing."""
    notice = StockNotice.objects.select_for_update(of=("self",)).select_related("product").filter(pk=notice_id).first()
    if notice is None or notice.state != S.UNCONFIRMED:
        return notice
    answer_consent(subject=stock_notice(notice.pk), purpose=Purpose.BACK_IN_STOCK, is_given=True, how=how)
    notice.state, notice.confirmed_at = S.WAITING, how.now
    notice.save(update_fields=["state", "confirmed_at"])
    return notice


@transaction.atomic
def cancel_own_notice(*, user_id: int, notice_id: int, now: datetime) -> None:
    """Wait for one product no longer; raises NotTheirs. Once more changes nothing."""
    notice = StockNotice.objects.select_for_update(of=("self",)).filter(pk=notice_id, user_id=user_id).first()
    if notice is None:
        raise NotTheirs(notice_id)
    if notice.state in OPEN:
        _close(notice, S.CANCELLED, now)


@transaction.atomic
def stop_notices(*, subject: ConsentSubject, how: Circumstances) -> None:
    """Take back the consent to be told of stock: every request that stood on it is stopped."""
    answer_consent(subject=subject, purpose=Purpose.BACK_IN_STOCK, is_given=False, how=how)
    own = {"user_id": subject.id} if subject.type == person(0).type else {"pk": subject.id}
    for notice in StockNotice.objects.select_for_update().filter(state__in=OPEN, **own).order_by("pk"):
        _close(notice, S.CANCELLED, how.now)


def is_waiting(*, user_id: int, product_id: int) -> bool:
    """Say whether a person waits for this product."""
    return StockNotice.objects.filter(user_id=user_id, product_id=product_id, state=S.WAITING).exists()


def waiting_of(*, user_id: int) -> list[StockNotice]:
    """Return what a person waits for, the newest first."""
    own = StockNotice.objects.filter(user_id=user_id, state=S.WAITING).select_related("product__parent")
    return list(own.order_by("-pk"))


def forget_unconfirmed(*, now: datetime) -> int:
    """Delete requests that nobody confirmed in two days; returns how many."""
    return StockNotice.objects.filter(state=S.UNCONFIRMED, created_at__lte=now - CONFIRM_WITHIN).delete()[0]


def _close(notice: StockNotice, state: str, now: datetime) -> None:
    notice.state, notice.cancelled_at, notice.email, notice.phone = state, now, "", ""
    notice.save(update_fields=["state", "cancelled_at", "email", "phone"])


def _awaitable(product_id: int, today: date) -> Product:
    """The product of a page or a pack that cannot be bought now; raises NotOnDisplay or AlreadyOnSale."""
    product = Product.objects.select_related("parent").filter(pk=product_id).first()
    if product is None:
        raise NotOnDisplay(product_id)
    displayed_product(product.parent_id or product.pk)
    if is_purchasable(product=product, today=today):
        raise AlreadyOnSale(product_id)
    return product
