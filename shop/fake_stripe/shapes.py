"""Objects as Stripe writes them, with the fields a shop of one currency can meet; checked in tests against Stripe's OpenAPI."""

from .store import new_id

CURRENCY = "vnd"
# Fields that Stripe always writes and that stay empty here.
EMPTY_OF_SESSION = (
    *("adaptive_pricing", "after_expiration", "allow_promotion_codes", "billing_address_collection"),
    *("client_secret", "collected_information", "consent", "consent_collection", "currency_conversion", "customer"),
    *("customer_account", "customer_details", "integration_identifier", "invoice", "invoice_creation", "managed_payments"),
    *("origin_context", "payment_intent", "payment_link", "payment_method_configuration_details", "permissions"),
    *("recovered_from", "saved_payment_method_options", "setup_intent", "shipping_address_collection", "shipping_cost"),
    *("submit_type", "subscription", "wallet_options"),
)
EMPTY_OF_INTENT = (
    *("application", "application_fee_amount", "automatic_payment_methods", "canceled_at", "cancellation_reason", "customer"),
    *("customer_account", "excluded_payment_method_types", "last_payment_error", "latest_charge", "managed_payments"),
    *("next_action", "on_behalf_of", "payment_method", "payment_method_configuration_details", "processing"),
    *("receipt_email", "review", "setup_future_usage", "shipping", "statement_descriptor", "statement_descriptor_suffix"),
    *("transfer_data", "transfer_group"),
)
EMPTY_OF_CHARGE = (
    *("application", "application_fee", "application_fee_amount", "balance_transaction", "customer", "failure_code"),
    *("failure_balance_transaction", "failure_message", "on_behalf_of", "receipt_email", "receipt_number", "review"),
    *("shipping", "source_transfer", "statement_descriptor", "statement_descriptor_suffix", "transfer_data", "transfer_group"),
)
EVIDENCE = (
    *("access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure"),
    *("cancellation_rebuttal", "customer_communication", "customer_email_address", "customer_name", "customer_purchase_ip"),
    *("customer_signature", "duplicate_charge_documentation", "duplicate_charge_explanation", "duplicate_charge_id"),
    *("product_description", "receipt", "refund_policy", "refund_policy_disclosure", "refund_refusal_explanation"),
    *("service_date", "service_documentation", "shipping_address", "shipping_carrier", "shipping_date"),
    *("shipping_documentation", "shipping_tracking_number", "uncategorized_file", "uncategorized_text"),
)


def session_object(asked: dict, *, total: int, now: int, base_url: str) -> dict:
    """A Checkout Session of one payment, still open."""
    identifier = new_id("cs_test", 58)
    return {
        **dict.fromkeys(EMPTY_OF_SESSION),
        "id": identifier,
        "object": "checkout.session",
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "cancel_url": asked.get("cancel_url"),
        "client_reference_id": asked.get("client_reference_id"),
        "created": now,
        "currency": CURRENCY,
        "custom_fields": [],
        "customer_creation": "if_required",
        "custom_text": dict.fromkeys(("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")),
        "customer_email": asked.get("customer_email"),
        "discounts": [],
        "expires_at": asked["expires_at"],
        "livemode": False,
        "locale": asked.get("locale"),
        "metadata": asked.get("metadata", {}),
        "mode": "payment",
        "payment_method_collection": "if_required",
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": asked.get("payment_method_types", ["card"]),
        "payment_status": "unpaid",
        "phone_number_collection": {"enabled": False},
        "shipping_options": [],
        "status": "open",
        "success_url": asked["success_url"],
        "ui_mode": "hosted_page",
        "url": f"{base_url}/c/pay/{identifier}",
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
    }


def intent_object(asked: dict, *, amount: int, now: int) -> dict:
    """A PaymentIntent that waits for a card."""
    identifier = new_id("pi")
    return {
        **dict.fromkeys(EMPTY_OF_INTENT),
        "id": identifier,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_received": 0,
        "amount_details": {"tip": {}},
        "capture_method": "automatic_async",
        "client_secret": new_id(f"{identifier}_secret", 25),
        "confirmation_method": "automatic",
        "created": now,
        "currency": CURRENCY,
        "description": asked.get("description"),
        "livemode": False,
        "metadata": asked.get("metadata", {}),
        "payment_method_types": ["card"],
        "payment_method_options": {"card": dict.fromkeys(("installments", "mandate_options", "network"))},
        "status": "requires_payment_method",
    }


def charge_object(intent: dict, *, card: dict, email: str | None, now: int) -> dict:
    """One attempt to take the money of an intent from a card; succeeded unless said otherwise."""
    return {
        **dict.fromkeys(EMPTY_OF_CHARGE),
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"],
        "amount_refunded": 0,
        "billing_details": billing_details(email),
        "captured": True,
        "created": now,
        "calculated_statement_descriptor": "OCOP",
        "currency": intent["currency"],
        "description": intent["description"],
        "disputed": False,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "outcome": outcome(),
        "paid": True,
        "payment_intent": intent["id"],
        "payment_method": new_id("pm"),
        "refunded": False,
        "payment_method_details": {"card": card, "type": "card"},
        "radar_options": {},
        "receipt_url": None,
        "status": "succeeded",
    }


def outcome(*, kind: str = "authorized", reason: str | None = None) -> dict:
    """What the network and the risk engine said of a charge."""
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "reason": reason,
        "type": kind,
        "network_status": "approved_by_network" if kind == "authorized" else "declined_by_network",
        "risk_level": "normal",
        "risk_score": 11,
        "seller_message": "Payment complete." if kind == "authorized" else "The bank did not return any further details.",
    }


def billing_details(email: str | None) -> dict:
    """Who pays, as far as the page asked."""
    address = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    return {"address": address, "email": email, "name": None, "phone": None, "tax_id": None}


def balance_object(source: str, *, kind: str, category: str, amount: int, fee: int, now: int) -> dict:
    """One movement on the balance."""
    details = [{"amount": fee, "application": None, "currency": CURRENCY, "description": "Stripe fees", "type": "stripe_fee"}]
    return {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": now + 7 * 24 * 3600,
        "balance_type": "payments",
        "created": now,
        "currency": CURRENCY,
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": details if fee else [],
        "net": amount - fee,
        "reporting_category": category,
        "source": source,
        "status": "pending",
        "type": kind,
    }


def refund_object(charge: dict, asked: dict, *, amount: int, now: int) -> dict:
    """Money on its way back to the card."""
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "destination_details": {"card": {"reference_status": "pending", "type": "refund"}, "type": "card"},
        "metadata": asked.get("metadata", {}),
        "payment_intent": charge["payment_intent"],
        "reason": asked.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }


def dispute_object(charge: dict, *, amount: int, reason: str, now: int) -> dict:
    """A buyer who asked the bank for the money back."""
    return {
        "id": new_id("du"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {**dict.fromkeys(EVIDENCE), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": now + 7 * 24 * 3600,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {"brand": "visa", "case_type": "chargeback", "network": "visa", "network_reason_code": "10"},
            "type": "card",
        },
        "reason": reason,
        "status": "needs_response",
    }
