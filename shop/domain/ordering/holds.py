"""Why a parcel waits: a certificate in it is stopped, or its producer is; it goes on when neither holds any more."""

from shop.domain.certificates.models import Certificate
from shop.domain.parcels.models import Parcel
from shop.domain.producers.models import STOPPED, ProducerProfile
from shop.oscar_forks.order.models import Line

STOPPED_STATES = (Certificate.State.SUSPENDED, Certificate.State.REVOKED)


def stopped_certificates(*, parcel: Parcel) -> list[Certificate]:
    """Return the certificates of a parcel's goods that the office stopped."""
    sold = Line.objects.filter(parcel=parcel).values("certificate_id")
    return list(Certificate.objects.filter(pk__in=sold, stored_state__in=STOPPED_STATES))


def may_go_on(*, parcel: Parcel) -> bool:
    """Whether nothing holds a parcel any more."""
    is_stopped = ProducerProfile.objects.filter(pk=parcel.producer_id, status__in=STOPPED).exists()
    return not is_stopped and not stopped_certificates(parcel=parcel)
