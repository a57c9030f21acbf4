"""A small shop that changes at random, and the same changes on paper."""

import random
from dataclasses import dataclass
from datetime import timedelta

from catalogue_ext.search.indexing import index_products
from shop.common import clock
from shop.domain.certificates import acts
from shop.domain.certificates.act_requests import request_revocation
from shop.domain.certificates.acts import Ground
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.superseding import NotNewer, ReplacementNotValid
from shop.domain.listings.publishing import ListingNotPublishable, hide_listing, publish_listing
from shop.domain.listings.superseding import supersede_and_move, take_over_products
from shop.domain.ordering.certificate_stops import approve_revocation_and_hold, lift_and_resume, suspend_and_hold
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from tests.factories import make_certificate, make_listing, make_member, make_officer, make_order, make_producer

from .registry_model import PaperCertificate, PaperProduct, days_after

NAMES = ("Chè Sao Khuê", "Mật Sao Mai", "Miến Bắc Đẩu", "Gạo Ngân Hà", "Mắm Nguyệt Quế", "Kẹo Sao Chổi")
# Days since a certificate was issued: some end within the weeks that will pass.
AGES = (30, 400, 1000, 1070, 1085)
REFUSED = (acts.IllegalAct, acts.NotALaterEnd, acts.NotFewerStars, NotNewer, ReplacementNotValid)


@dataclass(frozen=True)
class Sale:
    """An order line as it was sold."""

    order: object
    code: str
    stars: int


class RandomWorld:
    """The shop, its paper, and the changes; `today` moves with `pass_days`."""

    def __init__(self, seed, monkeypatch, *, ages=AGES):
        self.ages = ages
        self.random = random.Random(seed)  # noqa: S311 -- a seed that a failure can be played again with
        self.now = clock.now().replace(hour=9)
        monkeypatch.setattr(clock, "now", lambda: self.now)
        self.officer, self.colleague = (actor_of(user=make_officer()) for _ in range(2))
        self.papers, self.listings, self.sales = {}, {}, []
        self.owners = {}
        for place, name in enumerate(NAMES):
            self._stock_shelf(name, make_producer(f"HTX {name}") if place % 2 == 0 else self.listings[NAMES[place - 1]].producer)

    @property
    def today(self):
        return self.now.date()

    def _stock_shelf(self, name, producer):
        issued_on = self.today - timedelta(days=self.random.choice(self.ages))
        stars = self.random.randint(3, 5)
        certificate = make_certificate(producer=producer, product_name=name, stars=stars, issued_on=issued_on)
        listing = make_listing(name, producer=producer, certificate=certificate, stock=500)
        index_products([listing.product_id])
        self.listings[name] = listing
        self.owners[name] = actor_of(user=make_member(producer))
        paper = self._on_paper(certificate)
        self.papers[name] = PaperProduct(name, [paper], paper)

    def _on_paper(self, certificate):
        return PaperCertificate(certificate.code, certificate.stars, certificate.issued_on, certificate.valid_until)

    def change(self):
        """Do one thing at random, in the shop and on paper."""
        name = self.random.choice(NAMES)
        act = self.random.choice(CHANGES)
        getattr(self, act)(name)

    def pass_days(self, _name):
        self.now += timedelta(days=self.random.choice((1, 3, 9)))

    def sell(self, name):
        paper = self.papers[name]
        if paper.star(self.today) is not None:
            order = make_order((self.listings[name], 1), now=self.now)
            self.sales.append(Sale(order, paper.claims.code, paper.claims.stars))

    def hide(self, name):
        hide_listing(listing_id=self.listings[name].pk, actor=self.owners[name], now=self.now)
        self.papers[name].is_live = False

    def publish(self, name):
        paper = self.papers[name]
        may = paper.is_live or (paper.claims is not None and paper.claims.is_valid(self.today))
        try:
            publish_listing(listing_id=self.listings[name].pk, actor=self.owners[name], now=self.now, today=self.today)
        except ListingNotPublishable:
            assert not may, f"{name} could not be published"
        else:
            assert may, f"{name} could be published"
            paper.is_live = True

    def suspend(self, name):
        self._act(name, "suspend", suspend_and_hold)

    def lift(self, name):
        self._act(name, "lift", lift_and_resume)

    def revoke(self, name):
        self._act(name, "revoke", self._revoke)

    def extend(self, name):
        until = days_after(self.today, self.random.choice((-5, 20, 90, 180, 900)))
        self._act(name, "extend", acts.extend_certificate, until=until)

    def downgrade(self, name):
        self._act(name, "downgrade", acts.downgrade_certificate, stars=self.random.randint(2, 5))

    def supersede(self, name):
        """The office replaces one certificate of the product by another one."""
        paper = self.papers[name]
        older, newer = self.random.choice(paper.certificates), self.random.choice(paper.certificates)
        if older is newer or older.superseded_by is newer:
            return
        may = paper.may_replace(older, newer, self.today)
        words = {"certificate_id": self._pk(older), "by_certificate_id": self._pk(newer)}
        try:
            supersede_and_move(**words, ground=self._ground(), actor=self.officer, now=self.now)
        except REFUSED:
            assert not may, f"{older.code} could not be replaced by {newer.code}"
        else:
            assert may, f"{older.code} could be replaced by {newer.code}"
            paper.replace(older, newer, self.today)

    def renew(self, name):
        """A list brings a newer certificate of the product."""
        certificate = self._new_certificate(name)
        if certificate is not None:
            take_over_products(certificates=[certificate], reason="Danh sách mới", actor=SYSTEM, now=self.now)
            self.papers[name].renew(self._on_paper(certificate), self.today)

    def register_by_hand(self, name):
        """A newer certificate that replaces nothing yet: the office will say."""
        certificate = self._new_certificate(name)
        if certificate is not None:
            self.papers[name].certificates.append(self._on_paper(certificate))

    def _new_certificate(self, name):
        listing = self.listings[name]
        if self.papers[name].certificates[-1].issued_on >= self.today:
            return None
        return make_certificate(
            producer=listing.producer,
            product=listing.product,
            product_name=name,
            stars=self.random.randint(3, 5),
            issued_on=self.today,
        )

    def _act(self, name, act, carry_out, **more):
        paper = self.random.choice(self.papers[name].certificates)
        expected = paper.takes(act, **more)
        words = {"certificate_id": self._pk(paper), "ground": self._ground(), "actor": self.officer, "now": self.now}
        try:
            event = carry_out(**words, **more)
        except REFUSED:
            answer = "refused"
        else:
            answer = "nothing" if event is None else "done"
        assert answer == expected, f"{act} of {paper.code}: {answer} instead of {expected}"
        if answer == "done":
            paper.take(act, self.today, **more)

    def _revoke(self, *, certificate_id, ground, actor, now):
        request = request_revocation(certificate_id=certificate_id, ground=ground, actor=actor, now=now)
        return approve_revocation_and_hold(request_id=request.pk, actor=self.colleague, now=now)

    def _ground(self):
        return Ground("Kiểm tra", self.today, "1/QĐ-VP")

    def _pk(self, paper):
        return Certificate.objects.values_list("pk", flat=True).get(code=paper.code)


CHANGES = (
    *("pass_days",) * 3,
    *("sell",) * 3,
    *("suspend", "lift", "lift", "revoke", "extend", "downgrade"),
    *("supersede", "supersede", "renew", "register_by_hand", "hide", "publish", "publish"),
)
