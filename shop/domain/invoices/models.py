"""To whom an invoice is made out: kept in the account for next time, and frozen on each order."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class InvoiceFields(models.Model):
    """What an e-invoice says of its buyer (Decree 254/2026); `tax_code` as `common.tax_code` writes it."""

    company_name = models.CharField(max_length=255)
    tax_code = models.CharField(max_length=14)
    address = models.CharField(max_length=255)
    email = models.EmailField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.company_name} ({self.tax_code})"


class InvoiceBuyer(InvoiceFields):
    """One buyer that a person orders for; one of them is offered first."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invoice_buyers")
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "tax_code"], name="a_person_keeps_a_tax_code_once"),
            models.UniqueConstraint(fields=["user"], condition=Q(is_default=True), name="a_person_has_one_default_invoice_buyer"),
        )


class OrderInvoice(InvoiceFields):
    """Whom the producers of one order make their invoices out to; may change until something is packed."""

    order = models.OneToOneField("order.Order", on_delete=models.CASCADE, primary_key=True, related_name="invoice")
    updated_at = models.DateTimeField()
