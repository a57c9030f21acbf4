"""The buyer of an invoice as a form hands it over."""

from dataclasses import asdict, dataclass

from shop.common.tax_code import normalise_tax_code
from shop.common.vietnamese import normalise

from .models import InvoiceFields


@dataclass(frozen=True)
class InvoiceDetails:
    """Checked values: the tax code is one that can exist."""

    company_name: str
    tax_code: str
    address: str
    email: str

    def as_values(self) -> dict[str, str]:
        """Return the columns of a row."""
        return asdict(self)


def check_details(*, company_name: str, tax_code: str, address: str, email: str) -> InvoiceDetails:
    """Return tidy details; raises InvalidTaxCode."""
    return InvoiceDetails(
        company_name=normalise(company_name),
        tax_code=normalise_tax_code(tax_code),
        address=normalise(address),
        email=email.strip(),
    )


def details_of(row: InvoiceFields) -> InvoiceDetails:
    """Return the details of a kept or frozen row."""
    return InvoiceDetails(company_name=row.company_name, tax_code=row.tax_code, address=row.address, email=row.email)
