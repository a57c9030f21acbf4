"""What a buyer's browser asks of the hosted pages."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from .account import Account
from .cards import CARDS, find_card
from .charging import answer_owner, pay
from .errors import Refused
from .pages import bank_page, language_of, payment_page, problem_of


@dataclass(frozen=True)
class Page:
    """HTML, or the address to go on to."""

    html: str = ""
    onwards: str = ""
    status: int = HTTPStatus.OK


def show(account: Account, method: str, path: str, form: str, accepted_language: str) -> Page | None:
    """The page at this path; None when there is none."""
    with account.lock:
        account.catch_up()
        try:
            if matched := re.fullmatch(r"/c/pay/(\w+)", path):
                session = account.store.get("checkout.session", matched[1])
                return _checkout(account, session, method, dict(parse_qsl(form)), accepted_language)
            if matched := re.fullmatch(r"/c/3ds/(\w+)", path):
                session = session_of(account, matched[1])
                return _bank(account, session, method, dict(parse_qsl(form)), accepted_language)
        except Refused:
            return None
    return None


def session_of(account: Account, intent_id: str) -> dict:
    """The Session an intent belongs to."""
    for session in account.store.all("checkout.session"):
        if session["payment_intent"] == intent_id:
            return session
    raise Refused(f"No such payment_intent: '{intent_id}'", status=HTTPStatus.NOT_FOUND)


def try_card(account: Account, session: dict, number: str, email: str | None) -> dict | None:
    """Pay an open Session with a test card; its PaymentIntent afterwards, or None for a number that is no test card's."""
    card = find_card(number)
    return pay(account, session, card, email) if card else None


def tell_bank(account: Account, session: dict, *, approved: bool) -> dict:
    """Answer the bank's question about the card that was tried last."""
    asked = account.store.get("_asked", session["payment_intent"])
    return answer_owner(account, session, CARDS[asked["number"]], asked["email"], approved=approved)


def _checkout(account: Account, session: dict, method: str, form: dict, accepted: str) -> Page:
    language = language_of(session, accepted)
    if method != "POST" or session["status"] != "open":
        return Page(html=payment_page(session, language=language))
    number = form.get("number", "").strip() or form.get("card", "")
    intent = try_card(account, session, number, form.get("email") or session["customer_email"])
    if intent is None:
        return Page(html=payment_page(session, language=language, problem="unknown"))
    return _after(session, intent, language)


def _bank(account: Account, session: dict, method: str, form: dict, accepted: str) -> Page:
    language = language_of(session, accepted)
    intent = account.store.get("payment_intent", session["payment_intent"])
    if intent["status"] != "requires_action":
        return Page(onwards=f"/c/pay/{session['id']}")
    if method != "POST":
        return Page(html=bank_page(session, language=language))
    return _after(session, tell_bank(account, session, approved=form.get("answer") == "approve"), language)


def _after(session: dict, intent: dict, language: str) -> Page:
    if intent["status"] == "succeeded":
        return Page(onwards=session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]))
    if intent["status"] == "requires_action":
        return Page(onwards=intent["next_action"]["redirect_to_url"]["url"])
    return Page(html=payment_page(session, language=language, problem=problem_of(intent)))
