"""The office acts while a crowd of buyers presses the order button."""

from concurrent.futures import ThreadPoolExecutor

from shop.common import clock
from shop.domain.certificates.act_requests import request_revocation
from shop.domain.certificates.acts import Ground
from shop.domain.ordering.certificate_stops import approve_revocation_and_hold
from shop.domain.producers.staff import actor_of
from shop.oscar_forks.order.models import Order
from tests.factories import make_officer
from tests.fixtures.processes import poll_until
from tests.races.buyers import open_forms, press_all

UNGUARDED = {"DJANGO_SETTINGS_MODULE": "tests.races.unguarded", "GUARD_OFF": "shelf"}
SOLD_AFTER = "nothing is sold between a stop of its certificate and the lifting of it"
BUYERS = 200
# A smaller crowd is enough to show what the guard prevents, and for the producer's hiding.
FEWER_BUYERS = 80


def act_amid_checkouts(address, tea, act, *, buyers):
    """Let buyers press, act once a tenth of them have bought; returns their answers and what the act returned."""
    forms = open_forms(tea, buyers=buyers)
    with ThreadPoolExecutor(1) as crowd:
        pressing = crowd.submit(press_all, address, forms, at_once=40)
        poll_until(lambda: Order.objects.count() >= buyers // 10, seconds=60, what="the first sales")
        done = act()
        return pressing.result(), done


def revoke_amid_checkouts(address, tea, *, buyers=BUYERS):
    """Revoke as the second officer; the first has asked for it before."""
    officer, colleague = (actor_of(user=make_officer()) for _ in range(2))
    ground = Ground("Giả mạo hồ sơ", clock.today(), is_safety_matter=True)
    request = request_revocation(certificate_id=tea.certificate_id, ground=ground, actor=officer, now=clock.now())

    def approve():
        return approve_revocation_and_hold(request_id=request.pk, actor=colleague, now=clock.now())

    return act_amid_checkouts(address, tea, approve, buyers=buyers)
