"""The hosted pages: where a buyer puts the card, and where the bank asks its owner."""

import html
from pathlib import Path
from string import Template

from .cards import CARDS

FOLDER = Path(__file__).parent / "pages"
CARDS_SHOWN = 3
WORDS = {
    "vi": {
        "title": "Thanh toán thử",
        "notice": "Trang này giả lập Stripe trên máy của bạn: không có tiền thật, đừng nhập thẻ thật.",
        "to_pay": "Số tiền phải trả",
        "card": "Thẻ thử",
        "more_cards": "Thẻ thử khác",
        "other": "Hoặc nhập số thẻ thử",
        "other_hint": "Chỉ nhận số thẻ thử mà Stripe công bố.",
        "email": "E-mail nhận biên lai (không bắt buộc)",
        "pay": "Thanh toán",
        "back": "Quay lại cửa hàng",
        "unknown": "Trang giả lập này chỉ nhận thẻ thử, không nhận thẻ thật. Hãy chọn một thẻ trong danh sách.",
        "declined": "Thẻ của bạn bị từ chối. Hãy dùng thẻ khác.",
        "no_funds": "Thẻ của bạn không đủ tiền. Hãy dùng thẻ khác.",
        "expired_card": "Thẻ của bạn đã hết hạn. Hãy dùng thẻ khác.",
        "wrong_code": "Mã bảo mật của thẻ không đúng.",
        "not_proved": "Ngân hàng không xác minh được chủ thẻ. Hãy thử lại hoặc dùng thẻ khác.",
        "ended": "Phiên thanh toán này đã kết thúc.",
        "paid": "Phiên thanh toán này đã được trả.",
        "bank": "Ngân hàng giả lập",
        "bank_asks": "Ngân hàng của bạn hỏi: bạn có đồng ý thanh toán không?",
        "approve": "Đồng ý",
        "refuse": "Từ chối",
    },
    "en": {
        "title": "Test payment",
        "notice": "This page stands in for Stripe on your machine: no money moves, do not enter a real card.",
        "to_pay": "Amount to pay",
        "card": "Test card",
        "more_cards": "More test cards",
        "other": "Or enter the number of a test card",
        "other_hint": "Only the test numbers that Stripe publishes are taken.",
        "email": "E-mail for the receipt (optional)",
        "pay": "Pay",
        "back": "Back to the shop",
        "unknown": "This stand-in takes test cards only, no real ones. Choose one from the list.",
        "declined": "Your card was declined. Use another card.",
        "no_funds": "Your card has insufficient funds. Use another card.",
        "expired_card": "Your card has expired. Use another card.",
        "wrong_code": "Your card's security code is wrong.",
        "not_proved": "The bank could not authenticate the owner of the card. Try again or use another card.",
        "ended": "This payment page has expired.",
        "paid": "This payment page has been paid.",
        "bank": "Stand-in for a bank",
        "bank_asks": "Your bank asks: do you approve this payment?",
        "approve": "Approve",
        "refuse": "Refuse",
    },
}
# How a refusal of the card is told on the page.
TOLD = {
    "insufficient_funds": "no_funds",
    "expired_card": "expired_card",
    "incorrect_cvc": "wrong_code",
    "payment_intent_authentication_failure": "not_proved",
}


def language_of(session: dict, accepted: str) -> str:
    """The language the shop asked for, else the browser's."""
    wanted = session.get("locale") or ""
    if wanted in {"", "auto"}:
        wanted = accepted
    return "vi" if wanted.lower().startswith("vi") else "en"


def payment_page(session: dict, *, language: str, problem: str = "") -> str:
    """The form for an open Session, or a sentence for one that is over."""
    words = WORDS[language]
    if session["status"] != "open":
        return _closed(session, words, language)
    cards = [_card_line(card.number, card.words[language == "en"], place == 0) for place, card in enumerate(CARDS.values())]
    return _page(
        "pay",
        words,
        language,
        session_id=session["id"],
        amount=money(session["amount_total"]),
        problem=_problem(words, problem),
        cards="".join(cards[:CARDS_SHOWN]),
        more="".join(cards[CARDS_SHOWN:]),
        mail=html.escape(session["customer_email"] or ""),
        back_link=_back_link(session, words),
    )


def bank_page(session: dict, *, language: str) -> str:
    """The bank's question to the owner of the card."""
    return _page("bank", WORDS[language], language, amount=money(session["amount_total"]), problem="")


def problem_of(intent: dict) -> str:
    """Which sentence tells why an intent was not paid."""
    error = intent["last_payment_error"] or {}
    return TOLD.get(error.get("decline_code", ""), TOLD.get(error.get("code", ""), "declined"))


def money(amount: int) -> str:
    """250.000 ₫."""
    return f"{amount:,}".replace(",", ".") + " ₫"


def _closed(session: dict, words: dict, language: str) -> str:
    told = words["paid" if session["status"] == "complete" else "ended"]
    return _page("closed", words, language, told=told, back_link=_back_link(session, words))


def _back_link(session: dict, words: dict) -> str:
    address = session["cancel_url"]
    return f'<a href="{html.escape(address)}">{words["back"]}</a>' if address else ""


def _card_line(number: str, text: str, is_first: bool) -> str:  # noqa: FBT001  one flag, one caller
    spaced = " ".join(number[start : start + 4] for start in range(0, len(number), 4))
    checked = " checked" if is_first else ""
    return (
        f'<label><input type="radio" name="card" value="{number}"{checked}>'
        f"<span><b>{html.escape(text)}</b><br>{spaced}</span></label>"
    )


def _problem(words: dict, problem: str) -> str:
    return f'<p class="problem" role="alert">{words[problem]}</p>' if problem in words else ""


def _page(name: str, words: dict, language: str, **parts: str) -> str:
    inner = Template((FOLDER / f"{name}.html").read_text()).substitute(words, **parts)
    return Template((FOLDER / "frame.html").read_text()).substitute(words, language=language, inner=inner)
