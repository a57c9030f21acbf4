"""What a buyer asks for with the order form, less the basket."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from shop.domain.invoices.details import InvoiceDetails
from shop.domain.vouchers.judging import Asking
from shop.domain.vouchers.using import Buyer


@dataclass(frozen=True)
class OrderRequest:
    """Checked values of the form: phone in E.164, commune by its official code, a shipping service per producer id."""

    buyer_name: str
    buyer_phone: str
    buyer_email: str
    user_id: int | None
    language: str
    commune_code: str
    street: str
    note: str = ""
    services: Mapping[int, str] = field(default_factory=dict)
    payment_method: str = "cod"
    # What came to the phone, where cash asks for it (`phone_codes`).
    phone_code: str = ""
    # A voucher's code as it was typed; empty without one.
    voucher_code: str = ""
    # A keyed hash of where the buyer comes from, see `unpaid_holds`; the address itself is kept nowhere.
    network_key: str = ""
    # The buyer says, with this order, to be at least eighteen; only alcohol asks for it.
    declares_adult: bool = False
    # None: nobody asked for an invoice in a name of their own.
    invoice: InvoiceDetails | None = None

    @property
    def asking(self) -> Asking | None:
        """The voucher that is asked for."""
        return Asking(self.voucher_code, Buyer(self.user_id, self.buyer_phone)) if self.voucher_code else None

    @property
    def hash(self) -> str:
        """A fingerprint: two presses of the same button have the same one, whichever mast a phone is at."""
        values = asdict(self) | {"network_key": ""} | {"services": sorted(self.services.items())}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
