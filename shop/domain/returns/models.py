"""A request to send goods back: which units, why, and how far it has come."""

from typing import ClassVar

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q

from shop.domain.producers.scoping import ORDERS, OWNER, Tenant, TenantQuerySet


class ReturnRequest(models.Model):
    """Written by `ordering.returning` only, under the lock of its order."""

    class State(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        DISPUTED = "disputed"
        SENT_BACK = "sent_back"
        REFUNDED = "refunded"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    class Verdict(models.TextChoices):
        """What the office decided: the goods go back first, or money goes back at once, or nothing does."""

        GOODS_BACK = "goods_back"
        FULL = "full"
        PART = "part"
        NONE = "none"

    class Reason(models.TextChoices):
        DAMAGED = "damaged"
        WRONG = "wrong"
        NOT_AS_DESCRIBED = "not_as_described"
        OUT_OF_DATE = "out_of_date"
        OTHER = "other"

    parcel = models.ForeignKey("parcels.Parcel", on_delete=models.PROTECT, related_name="returns")
    # The form it came with: posted twice, it is one request.
    form_key = models.UUIDField(unique=True)
    state = models.CharField(max_length=16, choices=State, default=State.ASKED)
    reason = models.CharField(max_length=24, choices=Reason)
    words = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    # Until when the producer answers; after that the buyer may turn to the office.
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)
    dispute = models.TextField(blank=True)
    decide_by = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.TextField(blank=True)
    verdict = models.CharField(max_length=16, choices=Verdict, blank=True)
    # What the office gave back at once; None while nobody decided so.
    given_vnd = models.PositiveBigIntegerField(null=True, blank=True)
    is_borne_by_shop = models.BooleanField(default=False)
    sent_back_at = models.DateTimeField(null=True, blank=True)
    return_tracking = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    # Goods and, where it is due, shipping; known from the beginning so that everybody decides about the same sum.
    goods_vnd = models.PositiveBigIntegerField()
    shipping_vnd = models.PositiveBigIntegerField(default=0)

    tenant: ClassVar = Tenant(path="parcel__producer", roles=(OWNER, ORDERS))
    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["decide_by"], condition=Q(state="disputed"), name="returns_to_decide"),)
        constraints = (
            models.UniqueConstraint(
                fields=["parcel"],
                condition=Q(state__in=["asked", "accepted", "refused", "disputed", "sent_back"]),
                name="a_parcel_has_at_most_one_open_return",
            ),
            models.CheckConstraint(condition=Q(goods_vnd__gte=1), name="a_return_gives_something_back"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(refusal=""), name="a_refused_return_says_why"),
            models.CheckConstraint(
                condition=~Q(state="disputed") | Q(decide_by__isnull=False), name="a_disputed_return_has_a_clock"
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["full", "part"])
                | Q(given_vnd__gte=1, given_vnd__lte=F("goods_vnd") + F("shipping_vnd")),
                name="the_office_gives_back_no_more_than_was_asked",
            ),
        )

    def __str__(self):
        return f"{self.parcel_id} {self.state}"

    @property
    def amount_vnd(self):
        """What the buyer gets back when the goods are there."""
        return self.goods_vnd + self.shipping_vnd


class ReturnStep(models.Model):
    """One step of a request in the order in which they were taken, with the words of whoever took it."""

    class Side(models.TextChoices):
        BUYER = "buyer"
        PRODUCER = "producer"
        OFFICE = "office"
        CLOCK = "clock"

    request = models.ForeignKey(ReturnRequest, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=16, choices=ReturnRequest.State)
    side = models.CharField(max_length=16, choices=Side)
    at = models.DateTimeField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self):
        return f"{self.side} {self.state}"


class RefundAccount(models.Model):
    """Where a buyer wants the money of an order sent that nothing but a bank transfer can give back.

    For the office, which sends it; no producer reads it.
    """

    order = models.OneToOneField("order.Order", on_delete=models.CASCADE, related_name="refund_account")
    bank_bin = models.CharField(max_length=6)
    account_number = models.CharField(max_length=19)
    holder = models.CharField(max_length=70)
    declared_at = models.DateTimeField()

    def __str__(self):
        return f"{self.bank_bin} …{self.account_number[-4:]}"


class ReturnLine(models.Model):
    """So many units of one line; `restocked` is known when they are back."""

    request = models.ForeignKey(ReturnRequest, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="returns")
    quantity = models.PositiveIntegerField()
    restocked = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["request", "line"], name="a_return_names_a_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="a_return_names_at_least_one_unit"),
            models.CheckConstraint(condition=Q(restocked__lte=F("quantity")), name="no_more_is_restocked_than_came_back"),
        )

    def __str__(self):
        return f"{self.line_id} × {self.quantity}"


def private_storage():
    """Photos show people's kitchens: they are served through a permitted view only."""
    return storages["private"]


class ReturnPhoto(models.Model):
    """A picture of what arrived, made anew from what was uploaded."""

    request = models.ForeignKey(ReturnRequest, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(storage=private_storage, upload_to="returns/")

    def __str__(self):
        return self.file.name


OPEN_STATES = frozenset(
    {
        ReturnRequest.State.ASKED,
        ReturnRequest.State.ACCEPTED,
        ReturnRequest.State.REFUSED,
        ReturnRequest.State.DISPUTED,
        ReturnRequest.State.SENT_BACK,
    }
)
