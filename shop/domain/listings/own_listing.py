"""A listing taken by its producer's people, to be changed by nobody else until the transaction ends."""

from shop.domain.people.actor import Actor

from .models import Listing
from .shelf_gate import shut_shelf


class ProducerStopped(Exception):
    """The office stopped the producer: its people read, and finish what was released; they change nothing."""


def lock_own_listing(*, listing_id: int, actor: Actor) -> Listing:
    """Lock a listing of the actor's own producer, with product, certificate and profile.

    Raises Listing.DoesNotExist for somebody else's.
    """
    shut_shelf(listing_id=listing_id)
    return (
        Listing.objects.for_actor(actor)
        .select_for_update(of=("self",))
        .select_related("product", "certificate", "producer__profile")
        .get(pk=listing_id)
    )


def forbid_stopped(listing: Listing) -> None:
    """Raise ProducerStopped when the office stopped the producer of this listing."""
    if listing.producer.profile.is_stopped:
        raise ProducerStopped(listing.producer_id)
