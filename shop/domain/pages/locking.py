"""The row every change of a page waits for."""

from .models import Page


class DraftChangedMeanwhile(Exception):
    """Somebody saved, published or threw away the draft since this page was opened."""


def lock_page(*, page_id: int) -> Page:
    """Return the page locked for this transaction."""
    return Page.objects.select_for_update().get(pk=page_id)
