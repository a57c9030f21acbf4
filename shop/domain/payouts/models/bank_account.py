"""Where a producer is paid: a row per declaration, the newest one holds."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from shop.domain.producers.scoping import MONEY, OWNER, Tenant, TenantQuerySet


class BankAccount(models.Model):
    """An account as it was declared; the database lets nothing but its end be written later."""

    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="bank_accounts")
    bank_bin = models.CharField(max_length=6)
    account_number = models.CharField(max_length=24)
    holder = models.CharField(max_length=70)
    # No constraint: the row must outlive the account of whoever declared it.
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    declared_at = models.DateTimeField()
    # Nothing is paid to it before: whoever stole a log-in is found out first.
    usable_from = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    tenant: ClassVar = Tenant(path="producer", roles=(OWNER, MONEY))
    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["producer"], condition=Q(retired_at__isnull=True), name="a_producer_has_one_bank_account_at_a_time"
            ),
            models.CheckConstraint(condition=Q(bank_bin__regex=r"^\d{6}$"), name="a_bank_is_named_by_six_digits"),
        )

    def __str__(self):
        return f"{self.bank_bin} {self.masked}"

    @property
    def last_digits(self) -> str:
        """What may be shown and written down of the number."""
        return self.account_number[-4:]

    @property
    def masked(self) -> str:
        """The number as screens show it."""
        return f"••••{self.last_digits}"
