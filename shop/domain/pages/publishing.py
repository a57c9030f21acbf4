"""From draft to version: from now or from a later day on, and never into the past."""

from dataclasses import asdict
from datetime import date, datetime, time

from django.db import transaction

from shop.common.clock import SHOP_TIME_ZONE
from shop.common.shown_versions import TEXTS, show_anew
from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import Actor

from .locking import DraftChangedMeanwhile, lock_page
from .models import NOTE_LENGTH, Page, PageDraft, PageVersion
from .placeholders import current_numbers
from .queries import newest_version
from .texts import WrittenText, clean_text, text_of


class InThePast(Exception):
    """A version would begin on a day that is over."""


class NoteMissing(Exception):
    """A change is published without a word on what changed."""


class NothingNew(Exception):
    """The draft says what the newest version says already."""


@transaction.atomic
def publish_draft(*, page_id: int, revision: int, begins: date, note: str, actor: Actor, now: datetime) -> PageVersion:
    """Make the draft the next version, in force from `begins` (today: from now on).

    Publishing the same draft again returns what it became; the first version needs no note.
    """
    page = lock_page(page_id=page_id)
    published = page.versions.filter(revision=revision).first()
    if published:
        return published
    draft = PageDraft.objects.filter(page=page).first()
    if draft is None or page.revision != revision:
        raise DraftChangedMeanwhile(page.slug)
    newest = newest_version(page=page)
    _guard(newest, draft, begins=begins, note=note, now=now)
    version = _write_version(page, clean_text(text_of(draft)), revision=revision, begins=begins, note=note, actor=actor, now=now)
    draft.delete()
    page.revision += 1
    page.save(update_fields=["revision"])
    show_anew(TEXTS)
    _record(page, newest, version, actor=actor, now=now)
    return version


def _guard(newest: PageVersion | None, draft: PageDraft, *, begins: date, note: str, now: datetime) -> None:
    if begins < now.astimezone(SHOP_TIME_ZONE).date():
        raise InThePast(begins)
    if newest is None:
        return
    if text_of(newest) == text_of(draft) and newest.numbers == current_numbers(draft):
        raise NothingNew(newest.number)
    if not note.strip():
        raise NoteMissing


def _write_version(
    page: Page, text: WrittenText, *, revision: int, begins: date, note: str, actor: Actor, now: datetime
) -> PageVersion:
    newest = newest_version(page=page)
    version = PageVersion(
        **asdict(text),
        page=page,
        number=newest.number + 1 if newest else 1,
        valid_from=max(now, datetime.combine(begins, time(), tzinfo=SHOP_TIME_ZONE)),
        published_at=now,
        change_note=note.strip()[:NOTE_LENGTH],
        author_id=actor.user_id,
        revision=revision,
    )
    version.numbers = current_numbers(version)
    version.save()
    return version


def _record(page: Page, newest: PageVersion | None, version: PageVersion, *, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        action="page.published",
        subject=Subject("page", page.pk, label=version.title),
        now=now,
        old={"number": newest.number, "title": newest.title} if newest else {},
        new={"number": version.number, "title": version.title, "valid_from": version.valid_from},
        reason=version.change_note,
        slug=page.slug,
    )
