"""Takes guards out of a running server: what the race would be without them. Production has no such switch."""

import os
import time

from django.apps import AppConfig

from tests.races import order_guards_off, outbox_guards_off, report_guards_off

# Long enough for everybody else to read the same number, also where many tests share two cores.
READ_TO_WRITE_SECONDS = 0.05
LAST_UNIT_SECONDS = 0.2
NEXT_PRESS_SECONDS = 2


class GuardsOffConfig(AppConfig):
    """Replaces the functions that GUARD_OFF names (several with commas between) when the server starts."""

    name = "tests.races"
    label = "guards_off"

    def ready(self):
        takers = {
            "stock": allocate_without_condition,
            "basket": place_without_locks,
            "shelf": place_without_shared_lock,
            "tenant": reach_everybody,
            "transaction": order_guards_off.commit_in_pieces,
            "memory": order_guards_off.forget_orders,
            "die_after_commit": order_guards_off.die_after_commit,
            "fail_before_commit": order_guards_off.fail_before_commit,
            "outbox": outbox_guards_off.tell_after_commit,
            "bell": outbox_guards_off.ring_or_raise,
            "claim": outbox_guards_off.claim_without_marking,
            "late_acks": outbox_guards_off.acknowledge_early,
            "voucher": use_vouchers_without_gates,
            "reports": report_guards_off.believe_reports,
        }
        for guard in os.environ["GUARD_OFF"].split(","):
            takers[guard]()


def allocate_without_condition():
    """Read the stock, decide, then write: what Oscar does."""
    from django.db.models import F  # noqa: PLC0415 -- once every app is loaded

    from shop.domain.stock import allocating  # noqa: PLC0415 -- once every app is loaded
    from shop.oscar_forks.partner.models import StockRecord  # noqa: PLC0415 -- once every app is loaded

    def read_then_write(stock_record_id, quantity):
        record = StockRecord.objects.get(pk=stock_record_id)
        time.sleep(LAST_UNIT_SECONDS)
        if record.num_in_stock - record.num_allocated < quantity:
            return False
        return bool(StockRecord.objects.filter(pk=stock_record_id).update(num_allocated=F("num_allocated") + quantity))

    allocating._reserve_units = read_then_write


def place_without_locks():
    """Read the basket without locking it, and give every press a key of its own."""
    from shop.domain.ordering import placing  # noqa: PLC0415 -- once every app is loaded
    from shop.oscar_forks.basket.models import Basket  # noqa: PLC0415 -- once every app is loaded

    def read_basket(*, basket_id):
        return Basket.objects.get(pk=basket_id)

    def new_attempt(_key, basket_id, request, preview_hash, now):
        # Here it is already known that the basket has no order yet.
        time.sleep(NEXT_PRESS_SECONDS)
        return order_guards_off.attempt_of_its_own(basket_id, request, preview_hash, now)

    placing.lock_basket = read_basket
    placing._lock_attempt = new_attempt


def place_without_shared_lock():
    """Read certificates and listings without holding them: an act of the office slips in between."""
    from shop.domain.ordering import placing  # noqa: PLC0415 -- once every app is loaded
    from shop.domain.ordering.previewing import preview_order  # noqa: PLC0415 -- once every app is loaded

    def preview_without_lock(basket_id, request, now):
        preview = preview_order(
            basket_id=basket_id, commune_code=request.commune_code, services=request.services, today=now.date()
        )
        time.sleep(READ_TO_WRITE_SECONDS)
        return preview

    placing._preview_under_locks = preview_without_lock


def reach_everybody():
    """Let the desk's queries forget whose the rows are; the role is still asked for."""
    from shop.domain.producers.scoping import TenantQuerySet  # noqa: PLC0415 -- once every app is loaded

    TenantQuerySet.for_actor = lambda rows, _actor, *_roles: rows.all()


def use_vouchers_without_gates():
    """Count the uses of a voucher, decide, then write, with nothing that keeps others from counting the same."""
    from shop.domain.vouchers import judging, using  # noqa: PLC0415 -- once every app is loaded

    count = using.is_used_up

    def count_then_wait(*, voucher):
        is_used_up = count(voucher=voucher)
        time.sleep(LAST_UNIT_SECONDS)
        return is_used_up

    using.shut_gates = lambda **_: None
    judging.is_used_up = count_then_wait
