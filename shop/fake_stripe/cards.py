"""Stripe's published test cards and what becomes of each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """`declined` names the decline code; `refund` how refunds to it end; `is_disputed` when its owner asks for the money back."""

    number: str
    words: tuple[str, str]
    brand: str = "visa"
    declined: str = ""
    asks_owner: bool = False
    refund: str = "succeeded"
    is_disputed: bool = False

    def details(self, *, authenticated: bool = False) -> dict:
        """`payment_method_details.card` of a charge."""
        secure = {"authentication_flow": "challenge", "electronic_commerce_indicator": "05", "exemption_indicator": None}
        secure |= {"result": "authenticated", "result_reason": None, "transaction_id": None, "version": "2.2.0"}
        return {
            "amount_authorized": None,
            "authorization_code": None,
            "brand": self.brand,
            "country": "US",
            "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
            "exp_month": 12,
            "exp_year": 2034,
            "fingerprint": self.number[-8:],
            "funding": "credit",
            "installments": None,
            "last4": self.number[-4:],
            "mandate": None,
            "network": self.brand,
            "network_token": None,
            "network_transaction_id": None,
            "regulated_status": "unregulated",
            "transaction_link_id": None,
            "wallet": None,
            "three_d_secure": secure if authenticated else None,
        }


CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242", ("Thanh toán thành công", "The payment succeeds")),
        Card("4000000000000002", ("Ngân hàng từ chối", "The bank declines"), declined="generic_decline"),
        Card(
            "4000002760003184",
            ("Ngân hàng hỏi lại chủ thẻ (3-D Secure)", "The bank asks the owner (3-D Secure)"),
            asks_owner=True,
        ),
        Card("4000000000009995", ("Không đủ tiền", "Insufficient funds"), declined="insufficient_funds"),
        Card("4000000000000069", ("Thẻ hết hạn", "Expired card"), declined="expired_card"),
        Card("4000000000000127", ("Sai mã CVC", "Wrong CVC"), declined="incorrect_cvc"),
        Card("4000002500003155", ("3-D Secure, thẻ thứ hai", "3-D Secure, a second card"), asks_owner=True),
        Card("5555555555554444", ("Mastercard, thành công", "Mastercard, succeeds"), brand="mastercard"),
        Card("4000000000007726", ("Hoàn tiền chậm", "Refunds take a while"), refund="pending"),
        Card("4000000000005126", ("Hoàn tiền thất bại sau đó", "Refunds fail afterwards"), refund="failed"),
        Card("4000000000000259", ("Chủ thẻ khiếu nại", "The owner disputes"), is_disputed=True),
    )
}
# What a buyer reads when the bank says no; Stripe's own sentences.
DECLINES = {
    "generic_decline": ("card_declined", "Your card was declined."),
    "insufficient_funds": ("card_declined", "Your card has insufficient funds."),
    "expired_card": ("expired_card", "Your card has expired."),
    "incorrect_cvc": ("incorrect_cvc", "Your card's security code is incorrect."),
}


def find_card(number: str) -> Card | None:
    """The test card of this number; real ones are nobody's business here."""
    return CARDS.get("".join(letter for letter in number if letter.isdigit()))
