"""What the scheduler asks of orders: the clock is read here, and one domain call is made."""

import time

from celery import shared_task

from shop.common import clock
from shop.domain.notifications.bell import ring_bell

from .attempts import close_unwanted_attempts, reconcile
from .catching_up import find_missed
from .certificate_stops import BULK_TASK, cancel_parcels_held_too_long, carry_out_bulk_acts, settle_unfinished_stops
from .closing import close_due_parcels
from .delivering import deliver_silent_parcels
from .expiring import expire_due_orders
from .hearing import HEAR_TASK, hear_next
from .producer_stops import settle_unfinished_producer_stops
from .refunding import submit_due_refunds
from .return_clock import settle_silent_returns
from .undelivered import bring_home_silent_parcels
from .unpaid_holds import forget_networks

# A worker told to stop finishes its task first.
WALK_SECONDS_MAX = 15.0


@shared_task
def cancel_overdue_holds() -> int:
    """Call off held parcels on which the office did not decide in time."""
    return cancel_parcels_held_too_long(now=clock.now())


@shared_task
def finish_certificate_stops() -> None:
    """Hold, or let go on, the parcels that a dying process left out."""
    settle_unfinished_stops(now=clock.now())


@shared_task
def finish_producer_stops() -> None:
    """Hold, cancel or let go on the parcels, and archive the listings, that a dying process left out."""
    settle_unfinished_producer_stops(now=clock.now())


@shared_task
def carry_out_approved_acts() -> None:
    """Go on with bulk acts that a second officer approved, one certificate after the other."""
    stop_at = time.monotonic() + WALK_SECONDS_MAX
    while carry_out_bulk_acts(now=clock.now(), at_most=10):
        if time.monotonic() > stop_at:
            ring_bell(BULK_TASK)
            return


@shared_task
def expire_orders() -> int:
    """Give back what nobody paid in time; attempts that ask for too much are ended first."""
    close_unwanted_attempts(now=clock.now())
    return expire_due_orders(now=clock.now())


@shared_task
def submit_refunds() -> int:
    """Ask the providers to give back what was approved."""
    return submit_due_refunds(now=clock.now())


@shared_task
def reconcile_payments() -> int:
    """Ask the providers about attempts that have not been heard of for three minutes."""
    return reconcile(now=clock.now())


@shared_task
def close_parcels() -> int:
    """Close what was delivered so long ago that nobody sends it back, and let its producer have the money.

    Returns in which somebody fell silent come first: they keep parcels open. So do parcels that nobody could deliver.
    """
    settle_silent_returns(now=clock.now())
    bring_home_silent_parcels(now=clock.now())
    return close_due_parcels(now=clock.now())


@shared_task
def hear_reports() -> int:
    """Do what providers and banks reported; when there is more than one walk's worth, ring for the next one."""
    stop_at = time.monotonic() + WALK_SECONDS_MAX
    heard = 0
    while hear_next(now=clock.now()):
        heard += 1
        if time.monotonic() > stop_at:
            ring_bell(HEAR_TASK)
            break
    return heard


@shared_task
def find_missed_reports() -> int:
    """Look through the providers' lists for what never arrived."""
    return find_missed(now=clock.now())


@shared_task
def forget_old_networks() -> int:
    """Forget from where orders came that somehow still wait after 30 days."""
    return forget_networks(now=clock.now())


@shared_task
def deliver_silent() -> int:
    """Count parcels as delivered that were sent a week ago."""
    return deliver_silent_parcels(now=clock.now())
