"""Which addresses are kept, what of a query belongs to them, and whose changes they show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from shop.common.shown_versions import EVERYTHING, LISTS, TEXTS, product

ENGLISH = "/en"
LONGEST_PATH = 300
LONGEST_VALUE = 100
# Whoever ticks more than this is one of a kind: the page is made, and kept for nobody.
MOST_VALUES = 8

MANY = frozenset({"sao", "nhom", "tinh", "chu-the", "gia"})
FILTERS = (*sorted(MANY), "con-hang", "xep", "trang")
PACKS = ("quy-cach", "quantity", "step")
REGISTRY = ("q", "trang-thai", "trang")


@dataclass(frozen=True)
class Sort:
    """Addresses of one sort: how they look, the parameters their pages read, the marks they are made under."""

    pattern: re.Pattern[str]
    parameters: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Address:
    """One kept page: its path, what counts of its query (in one spelling), and its marks."""

    path: str
    query: str
    marks: tuple[str, ...]

    @property
    def is_list(self) -> bool:
        """Whether very many different changes show on it."""
        return LISTS in self.marks


def _sort(pattern: str, *parameters: str, marks: tuple[str, ...] = (LISTS,)) -> Sort:
    return Sort(re.compile(pattern), parameters, (EVERYTHING, *marks))


# By their first word, so that an address of another sort costs one look.
SORTS = {
    "": [_sort(r"/")],
    "san-pham": [
        _sort(r"/san-pham/", *FILTERS),
        _sort(r"/san-pham/[\w-]*-(?P<product>\d{1,18})/", *PACKS, marks=()),
    ],
    "danh-muc": [_sort(r"/danh-muc/[\w/-]+-\d{1,18}/", *FILTERS)],
    "tinh": [_sort(r"/tinh/"), _sort(r"/tinh/[\w-]+/", *FILTERS)],
    "tim": [_sort(r"/tim/", *FILTERS, "q")],
    "nha-san-xuat": [_sort(r"/nha-san-xuat/[\w-]+/", "trang")],
    "so-dang-ky": [_sort(r"/so-dang-ky/", *REGISTRY)],
    "xac-minh": [_sort(r"/xac-minh/", "ma")],
    "thong-tin": [_sort(r"/thong-tin/[\w-]+/(phien-ban/(\d{1,9}/)?)?", marks=(LISTS, TEXTS))],
}


def address_of(request: HttpRequest) -> Address | None:
    """Return the kept page a request asks for, whoever asks; None for pages that are not kept.

    Parameters that no page reads do not exist here: they can neither multiply pages nor be written into one.
    """
    path = request.path_info
    # A prefix that a proxy (or somebody behind one) names would stand in every link of the page.
    if request.method not in {"GET", "HEAD"} or len(path) > LONGEST_PATH or request.path != path:
        return None
    bare = path.removeprefix(ENGLISH) if path.startswith(f"{ENGLISH}/") else path
    for sort in SORTS.get(bare[1:].partition("/")[0], ()):
        found = sort.pattern.fullmatch(bare)
        if found:
            return _address(path, sort, found, request)
    return None


def _address(path: str, sort: Sort, found: re.Match[str], request: HttpRequest) -> Address | None:
    values = list(_values(request.GET, sort.parameters)) if request.META.get("QUERY_STRING") else []
    if len(values) > MOST_VALUES:
        return None
    number = found.groupdict().get("product")
    marks = sort.marks if number is None else (*sort.marks, product(int(number)))
    return Address(path, urlencode(values), marks)


def _values(query: QueryDict, parameters: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Return what the page would read, in one order: one value where it reads one, no blanks, nothing endless."""
    for name in parameters:
        given = query.getlist(name)
        chosen = sorted(set(given)) if name in MANY else given[-1:]
        for value in chosen:
            text = " ".join(value.split())
            if name == "q":
                text = text[:LONGEST_VALUE]
            if text and len(text) <= LONGEST_VALUE:
                yield name, text
