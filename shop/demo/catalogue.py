"""The catalogue of a new shop: certified items from official lists, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from catalogue_ext.search.indexing import index_products
from catalogue_ext.taxonomy_loading import load_taxonomy
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.models import Certificate, Decision
from shop.domain.listings.importing import import_list
from shop.domain.listings.models import Listing

from .cases import load_sample_cases
from .offerings import DATA, find_certificate, put_on_shelf, read_rows
from .samples import load_samples
from .unproven import load_unproven

# In this order: the second part of decision 377 names a producer that the first leaves out.
LISTS = (
    "lam-dong-3981-qd-ubnd.xlsx",
    "dak-nong-858-qd-ubnd.xlsx",
    "dak-song-1887-qd-ubnd.csv",
    "cu-jut-768-qd-ubnd.csv",
    "bo-377-qd-bnn-vpdp.xlsx",
    "bo-nong-nghiep-va-phat-trien-nong-thon-377-qd-bnn-vpdp-2025-01-17.csv",
    "bo-2361-qd-bnnmt.csv",
    "gia-lai-371-qd-ubnd-2025-06-24.xlsx",
    "tuyen-quang-321-qd-ubnd-2024-08-06.xlsx",
    "thanh-hoa-1114-qd-ubnd.xlsx",
    "dong-thap-1850-qd-ubnd-hc.csv",
)


class ListRefused(Exception):
    """A list of our own was refused: a fault of ours, never to be passed over."""


@dataclass(frozen=True)
class CatalogueCounts:
    """What a load left in the registry and on the shelf."""

    certificates: int
    unproven: int
    live_listings: int


def load_catalogue(*, now: datetime, with_demo: bool, say: Callable[[str], object]) -> CatalogueCounts:
    """Import the lists we ship; with the demonstration, price them and add samples. Safe to repeat."""
    load_taxonomy()
    for name in LISTS:
        say(f"{name}: {_import(DATA / 'decisions' / name, now)}")
    unproven = load_unproven()
    if with_demo:
        load_demo_shelf(now=now)
    index_products(Listing.objects.values_list("product_id", flat=True))
    return CatalogueCounts(
        certificates=Certificate.objects.count(),
        unproven=unproven,
        live_listings=Listing.objects.filter(state=Listing.State.LIVE).count(),
    )


def load_demo_shelf(*, now: datetime) -> None:
    """Give drafted listings prices and stock of ours, and put samples of every state beside them."""
    for row in read_rows("offerings.csv"):
        certificate = find_certificate(row)
        if certificate.product.listing.state == Listing.State.DRAFT:
            put_on_shelf(certificate=certificate, row=row, now=now)
    # A day older, so that «newest» shows what is real first.
    load_samples(now=now - timedelta(days=1), today=now.date())
    load_sample_cases(now=now)


def _import(path: Path, now: datetime) -> str:
    outcome = import_list(path=path, given=Given(), now=now)
    if outcome.is_refused:
        raise ListRefused(f"{path.name}: {outcome.report['problems']}")
    Decision.objects.filter(source=path.name).update(source=f"{path.relative_to(DATA.parents[2])} (DATA.md)")
    return str(outcome.report["counts"])
