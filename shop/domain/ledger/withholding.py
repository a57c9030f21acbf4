"""Which tax the shop withholds from whom (Decree 117/2025): households and individuals; others declare themselves."""

from collections.abc import Mapping
from datetime import date

from .commission import rules_in_force
from .dividing import Withholding
from .models import TaxRate

NOTHING = Withholding()


def withholdings_on(*, legal_form: str, day: date) -> Mapping[str, Withholding]:
    """The rates in force for a seller by activity; an activity the table does not name is not withheld from."""
    rates = TaxRate.objects.filter(rules_in_force(day=day), legal_form=legal_form).order_by("starts_on", "pk")
    # Of several that are in force the one that began last stays.
    return {rate.activity: Withholding(rate.vat_percent, rate.income_tax_percent, rate.pk) for rate in rates}
