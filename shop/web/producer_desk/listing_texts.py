"""The part of a listing's page about its words: what is in hand, where it stands, what to look at again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue_ext.models import Product
from shop.domain.listings.claim_guard import ClaimKind, Finding
from shop.domain.listings.models import Listing, ListingRevision
from shop.domain.listings.revising import findings_in, mark_of
from shop.domain.listings.texts import ENGLISH, TEXT_FIELDS, texts_of

from .text_forms import LABELS, TextsForm

R = ListingRevision.State
WARNINGS = {
    ClaimKind.MORE_STARS: _("Câu này nói nhiều sao hơn giấy chứng nhận:"),
    ClaimKind.NOT_CERTIFIED: _("Câu này nhận là OCOP nhưng sản phẩm không có giấy còn hiệu lực:"),
    ClaimKind.MEDICINE: _("Câu này nói công dụng chữa bệnh, luật không cho ghi trên thực phẩm:"),
}


@dataclass(frozen=True)
class InHand:
    """The newest words of a listing that are not on its page: a draft, what is in review, or what came back."""

    draft: ListingRevision | None
    waiting: ListingRevision | None
    answered: ListingRevision | None

    @property
    def texts(self) -> dict[str, str]:
        """Texts over those of the page: the draft's, else what waits, else what was sent back to be changed."""
        if self.draft or self.waiting:
            return (self.draft or self.waiting).texts  # type: ignore[union-attr]
        return self.answered.texts if self.answered and self.answered.state == R.CHANGES_REQUESTED else {}


def in_hand(revisions: Iterable[ListingRevision]) -> InHand:
    """Sort a listing's revisions (in the order of their numbers) into what the page speaks of."""
    by_state: dict[str, ListingRevision] = {}
    decided = None
    for revision in revisions:
        by_state[revision.state] = revision
        if revision.state in {R.APPROVED, R.CHANGES_REQUESTED, R.REJECTED}:
            decided = revision
    return InHand(by_state.get(R.DRAFT), by_state.get(R.SUBMITTED), decided)


def texts_context(
    listing: Listing, revisions: Iterable[ListingRevision], *, form: TextsForm | None = None, today: date
) -> dict[str, Any]:
    """What the templates of this part need; `form` is the one that was sent, if it has to be shown again."""
    hand = in_hand(revisions)
    shown = texts_of(listing.product) | hand.texts
    answer = hand.answered if hand.answered and hand.answered.state != R.APPROVED else None
    return {
        "text_form": form or TextsForm(initial=shown | {"draft": mark_of(hand.draft)}),
        "text_draft": hand.draft,
        "text_waiting": hand.waiting,
        "text_answer": answer,
        "asks_for_changes": bool(answer and answer.state == R.CHANGES_REQUESTED),
        "text_warnings": warnings_of(findings_in(listing, hand.texts, today=today)),
        "waiting_prices": _waiting_prices(listing, hand.waiting),
        "shown": shown,
        "has_english": any(shown[name] for name in TEXT_FIELDS if name.endswith(ENGLISH)),
    }


def warnings_of(findings: Iterable[Finding]) -> list[dict[str, str | Promise]]:
    """Findings in the desk's words."""
    return [
        {"text": WARNINGS[ClaimKind(one.kind)], "sentence": one.sentence, "field": LABELS[one.field.removesuffix(ENGLISH)]}
        for one in findings
    ]


def preview_of(listing: Listing, revisions: Iterable[ListingRevision]) -> Product:
    """The product as its page would show it with the words in hand; not to be saved."""
    product = listing.product
    for name, text in in_hand(revisions).texts.items():
        setattr(product, name, text)
    return product


def _waiting_prices(listing: Listing, waiting: ListingRevision | None) -> list[dict[str, Any]]:
    if waiting is None:
        return []
    packs = {str(record.pk): record for record in listing.stock_records.all()}
    return [{"pack": packs[key].product, "price_vnd": price} for key, price in waiting.prices.items() if key in packs]
