"""Takes the guard of providers' reports out of a running worker, for the twin of a test that must then fail."""

STATUS_OF = {
    "payment_intent.created": "created",
    "payment_intent.requires_action": "requires_action",
    "payment_intent.succeeded": "succeeded",
    "checkout.session.completed": "succeeded",
}


def believe_reports():
    """Let a payment be what the last report said, as it came: nothing is asked again, nothing is ranked."""
    from shop.domain.ordering import hearing  # noqa: PLC0415 -- read when the apps are ready
    from shop.domain.payments.models import Payment  # noqa: PLC0415 -- read when the apps are ready

    def believe(event, now):
        named = event.payload["data"]["object"].get("metadata", {}).get("payment_id")
        if event.type in STATUS_OF:
            Payment.objects.filter(pk=named).update(status=STATUS_OF[event.type])
        return True

    hearing.HEARERS = {"stripe": believe}
