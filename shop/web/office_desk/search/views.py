"""/van-phong/tim/: one box for everything the officer may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.access.declare import access

from ..reach import OFFICE
from ..workplace import desk_context
from .kinds import FINDERS

LONGEST_TEXT = 100


@access(roles=OFFICE)
def search(request: HttpRequest) -> HttpResponse:
    """What every kind has for the words; nothing is asked of the database without words."""
    words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_TEXT]
    found = [hits for finder in FINDERS if (hits := finder(request, words)) is not None and hits.count] if words else []
    context = desk_context(request, room="search", words=words, found=found, count=sum(hits.count for hits in found))
    return render(request, "office_desk/search.html", context)
