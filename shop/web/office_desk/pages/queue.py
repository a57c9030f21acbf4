"""What waits in the room of pages."""

from django.http import HttpRequest

from shop.domain.pages.models import PageDraft

from .country import answers_for_the_country


def count_drafts(request: HttpRequest) -> int:
    """Drafts nobody has published yet."""
    return PageDraft.objects.count() if answers_for_the_country(request) else 0
