"""The office's draft of a page: saved, thrown away, or begun from an older version."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from shop.domain.people.actor import Actor

from .locking import DraftChangedMeanwhile, lock_page
from .models import Page, PageDraft
from .queries import newest_version
from .texts import WrittenText, clean_text, text_of


class DraftInTheWay(Exception):
    """There is a draft already, and it would be lost."""


class NoSuchVersion(Exception):
    """A page has no version of that number."""


@transaction.atomic
def save_draft(*, page_id: int, revision: int, text: WrittenText, actor: Actor, now: datetime) -> PageDraft:
    """Keep what the office wrote; raises TextRefused, or DraftChangedMeanwhile when somebody saved since `revision`.

    Saving the same text again changes nothing.
    """
    page = lock_page(page_id=page_id)
    cleaned = clean_text(text)
    draft = PageDraft.objects.filter(page=page).first()
    if draft and text_of(draft) == cleaned:
        return draft
    if page.revision != revision:
        raise DraftChangedMeanwhile(page.slug)
    return _write_draft(page, cleaned, based_on=draft.based_on if draft else None, actor=actor, now=now)


@transaction.atomic
def discard_draft(*, page_id: int, revision: int) -> None:
    """Throw the draft away; without one this does nothing."""
    page = lock_page(page_id=page_id)
    draft = PageDraft.objects.filter(page=page).first()
    if draft is None:
        return
    if page.revision != revision:
        raise DraftChangedMeanwhile(page.slug)
    draft.delete()
    _raise_revision(page)


@transaction.atomic
def restore_version(*, page_id: int, number: int, actor: Actor, now: datetime) -> PageDraft:
    """Begin a draft with the words of an older version; what is being written already is never overwritten."""
    page = lock_page(page_id=page_id)
    version = page.versions.filter(number=number).first()
    if version is None:
        raise NoSuchVersion(number)
    draft = PageDraft.objects.filter(page=page).first()
    if draft and text_of(draft) == text_of(version):
        return draft
    if draft:
        raise DraftInTheWay(page.slug)
    return _write_draft(page, text_of(version), based_on=None, actor=actor, now=now)


def _write_draft(page: Page, text: WrittenText, *, based_on: int | None, actor: Actor, now: datetime) -> PageDraft:
    if based_on is None:
        newest = newest_version(page=page)
        based_on = newest.number if newest else 0
    values = asdict(text) | {"based_on": based_on, "saved_at": now, "author_id": actor.user_id}
    draft, _ = PageDraft.objects.update_or_create(page=page, defaults=values)
    _raise_revision(page)
    return draft


def _raise_revision(page: Page) -> None:
    page.revision += 1
    page.save(update_fields=["revision"])
