"""What every page of the storefront shows around its content, at the price of one look into the cache."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from catalogue_ext.models import Category
from shop.common import clock
from shop.common.pieces import remembered
from shop.common.places.models import Province
from shop.common.shown_versions import EVERYTHING, LISTS, read_marks
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.state import valid_on
from shop.domain.pages.operator import OperatorData, operator_data
from shop.domain.pages.queries import current_operator

# The number goes up when `Chrome` changes: an old one may still lie in the cache when new code starts.
CACHE_KEY = "storefront-chrome-2"
LIFETIME_SECONDS = 30
# The official names are sentences; a menu has room for two words.
SHORT_NAMES = {
    "herb": gettext_lazy("Dược liệu"),
    "craft": gettext_lazy("Thủ công mỹ nghệ"),
    "plant": gettext_lazy("Sinh vật cảnh"),
    "tour": gettext_lazy("Du lịch cộng đồng"),
}


@dataclass(frozen=True)
class Named:
    """A name in both languages."""

    name: str
    name_en: str
    slug: str

    @property
    def local_name(self) -> str:
        """The name in the language of the page."""
        return self.name_en or self.name if (get_language() or "").startswith("en") else self.name


@dataclass(frozen=True)
class Group(Named):
    """One of the six groups of the official taxonomy."""

    code: str
    pk: int

    @property
    def short_name(self) -> str:
        """A name for menus and tiles; the official ones are sentences."""
        return str(SHORT_NAMES.get(self.code) or self.local_name)

    @property
    def url(self) -> str:
        """Its list, in the language of the page."""
        return reverse("catalogue:category", kwargs={"category_slug": self.slug, "pk": self.pk})


@dataclass(frozen=True)
class ProvinceName(Named):
    """One of the 34 provinces and cities."""

    code: str
    region: str


@dataclass(frozen=True)
class Chrome:
    """Groups, provinces, counts and the operator, as they were at most a minute ago."""

    groups: tuple[Group, ...]
    provinces: tuple[ProvinceName, ...]
    valid_certificates: int
    operator: OperatorData

    @cached_property
    def stamp(self) -> int:
        """Differs when anything of it does: pieces of pages are kept under it."""
        return hash((self.groups, self.provinces, self.valid_certificates, self.operator))


class Shop:
    """Asks the cache once, and only when the page shows something of it."""

    @cached_property
    def _chrome(self) -> Chrome:
        key = _cache_key()
        # Reading it out of the cache costs more than all that a page shows of it.
        return remembered(key, lambda: cache.get_or_set(key, load_chrome, LIFETIME_SECONDS))

    @property
    def stamp(self) -> int:
        """What the frame of every page shows, in one number."""
        return self._chrome.stamp

    @property
    def is_demo(self) -> bool:
        """Whether prices, stock and accounts are there for trying only."""
        return settings.DEMO

    @property
    def groups(self) -> tuple[Group, ...]:
        """The six groups in their official order."""
        return self._chrome.groups

    @property
    def provinces(self) -> tuple[ProvinceName, ...]:
        """The 34 provinces and cities by name."""
        return self._chrome.provinces

    @property
    def valid_certificates(self) -> int:
        """How many certificates are valid today, samples not counted."""
        return self._chrome.valid_certificates

    @property
    def operator(self) -> OperatorData:
        """Who runs the shop, as far as it is declared."""
        return self._chrome.operator


def shop(request: HttpRequest) -> dict[str, Shop]:
    """The context processor: `shop` in every template."""
    return {"shop": shop_of(request)}


def shop_of(request: HttpRequest) -> Shop:
    """Return what this request shows of the shop; the view and its templates see the same."""
    return vars(request).setdefault("shown_shop", Shop())


def _cache_key() -> str:
    """Of this day and of what has changed up to now: a page that is made now shows nothing older than itself."""
    marks = read_marks(EVERYTHING, LISTS)
    return f"{CACHE_KEY}:{clock.today().isoformat()}:{'-'.join(map(str, marks))}"


def load_chrome() -> Chrome:
    """Read it all from the database."""
    groups = Category.objects.filter(depth=1).order_by("path")
    real_and_valid = valid_on(day=clock.today()) & Q(decision__is_sample=False)
    return Chrome(
        groups=tuple(Group(each.name, each.name_en, each.slug, each.group, each.pk) for each in groups),
        provinces=tuple(
            ProvinceName(each.name, each.name_en, each.slug, each.code, each.region)
            for each in Province.objects.order_by("folded")
        ),
        valid_certificates=Certificate.objects.filter(real_and_valid).count(),
        operator=operator_data(current_operator()),
    )
