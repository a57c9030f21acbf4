"""The producer's certificates as the registry has them; nothing is edited here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.models import Certificate

from .. import roles
from ..rows import certificate_rows
from ..workplace import desk_context, workplace_of


@access(roles=roles.CERTIFICATES)
def certificate_list(request: HttpRequest) -> HttpResponse:
    """Every certificate with its live state, days left and the days on which a renewal is in time."""
    workplace = workplace_of(request, room="certificates", wanted=roles.CERTIFICATES)
    certificates = Certificate.objects.for_actor(request.actor).filter(producer=workplace.producer)
    rows = certificate_rows(certificates.order_by("valid_until", "pk"), today=clock.today())
    return render(request, "producer_desk/certificates.html", desk_context(workplace, rows=rows))
