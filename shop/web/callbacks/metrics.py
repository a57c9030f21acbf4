"""Figures for a monitoring system, in Prometheus text; nothing in them is about a person.

They are counted in the database when somebody asks, so every web process gives the same answer and a dead worker shows
as a backlog that grows. Requests are counted by the proxy, which sees those that never arrive here.
"""

from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.state import valid_on
from shop.domain.listings.models import Listing
from shop.domain.notifications.delivery import oldest_unsent_age
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.queries import count_messages
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import WebhookEvent
from shop.oscar_forks.order.models import Order

from .refusing import count_refused


@access(roles=EVERYBODY)
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Backlogs and states; answered to neighbours only, never to what came in through a proxy."""
    if not is_neighbour(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(ShopFigures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def is_neighbour(request: HttpRequest) -> bool:
    """Asked from this machine or a private network, without a proxy in between."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_private
    except ValueError:
        return False


class ShopFigures:
    """Everything the shop counts about itself."""

    def collect(self) -> Iterator[Metric]:
        """Yield one family of figures after the other."""
        yield _by_state("shop_orders", "Orders by status", Order)
        yield _by_state("shop_parcels", "Parcels by status", Parcel)
        yield _by_state("shop_listings", "Listings by state", Listing, field="state")
        yield _by_state("shop_webhooks", "Reports of providers by state", WebhookEvent, field="state")
        refused = GaugeMetricFamily("shop_webhooks_refused", "Reports refused for their signature, lately")
        refused.add_metric([], count_refused())
        yield refused
        yield from self._messages()
        certificates = GaugeMetricFamily("shop_certificates_valid", "Certificates valid today")
        certificates.add_metric([], Certificate.objects.filter(valid_on(day=clock.today())).count())
        yield certificates

    def _messages(self) -> Iterator[Metric]:
        messages = GaugeMetricFamily("shop_messages", "Messages by state", labels=["state"])
        for state, count in count_messages(messages=OutboxMessage.objects.all()).items():
            messages.add_metric([str(state)], count)
        yield messages
        oldest = GaugeMetricFamily("shop_oldest_unsent_message_seconds", "Age of the oldest unsent message; 0 when none waits")
        age = oldest_unsent_age(now=clock.now()) or timedelta(0)
        oldest.add_metric([], age.total_seconds())
        yield oldest


def _by_state(name: str, text: str, model: type, *, field: str = "status") -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=[field])
    for state, count in model.objects.values_list(field).annotate(count=Count("pk")).order_by(field):
        family.add_metric([state], count)
    return family
