"""New versions of the pages the shop ships with."""

from datetime import timedelta

from shop.common import clock
from shop.domain.pages.drafting import save_draft
from shop.domain.pages.models import Page
from shop.domain.pages.publishing import publish_draft
from shop.domain.pages.texts import WrittenText
from shop.domain.people.actor import SYSTEM


def publish_page(slug, *, title="Trang mới", body="Chữ mới.", title_en="", body_en="", days_ahead=0):
    """Write and publish; in force now or so many days from today."""
    page = Page.objects.get(slug=slug)
    now = clock.now()
    text = WrittenText(title, body, title_en, body_en)
    save_draft(page_id=page.pk, revision=page.revision, text=text, actor=SYSTEM, now=now)
    page.refresh_from_db()
    begins = clock.today() + timedelta(days=days_ahead)
    return publish_draft(page_id=page.pk, revision=page.revision, begins=begins, note="Đổi", actor=SYSTEM, now=now)
