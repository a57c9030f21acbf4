"""What payments and refunds say, against what the books say of them."""

from collections.abc import Mapping

SETTLEMENT: Mapping[str, str] = {
    "what a payment took is in the books": """
        SELECT 'payment ' || payment.id, payment.captured_vnd || '; the books say ' || coalesce(booked.taken, 0)
        FROM payments_payment AS payment
        LEFT JOIN (
            SELECT posted.payment_id, sum(entry.amount_vnd) AS taken
            FROM ledger_transaction AS posted JOIN ledger_entry AS entry ON entry.transaction_id = posted.id
            WHERE posted.kind = 'capture' AND split_part(entry.account_id, ':', 1)
                IN ('gateway_clearing', 'bank', 'cod_carrier', 'cod_producer', 'unallocated')
            GROUP BY posted.payment_id
        ) AS booked ON booked.payment_id = payment.id
        WHERE payment.captured_vnd <> coalesce(booked.taken, 0)
    """,
    "what a payment gave back is in the books": """
        SELECT 'payment ' || payment.id, payment.refunded_vnd || '; the books say ' || coalesce(booked.given, 0)
        FROM payments_payment AS payment
        LEFT JOIN (
            SELECT posted.payment_id, sum(entry.amount_vnd) AS given
            FROM ledger_transaction AS posted JOIN ledger_entry AS entry ON entry.transaction_id = posted.id
            WHERE posted.kind IN ('refund_paid', 'refund_came_back') AND entry.account_id = 'refund_due'
            GROUP BY posted.payment_id
        ) AS booked ON booked.payment_id = payment.id
        WHERE payment.refunded_vnd <> coalesce(booked.given, 0)
    """,
    "a payment says what its refunds say": """
        SELECT 'payment ' || payment.id,
               'refunded ' || payment.refunded_vnd || ', promised ' || payment.promised_back_vnd || '; refunds say '
               || coalesce(refunds.given, 0) || ' and ' || coalesce(refunds.promised, 0)
        FROM payments_payment AS payment
        LEFT JOIN (
            SELECT payment_id, sum(amount_vnd) AS promised, sum(amount_vnd) FILTER (WHERE status = 'succeeded') AS given
            FROM payments_refund WHERE called_off_at IS NULL GROUP BY payment_id
        ) AS refunds ON refunds.payment_id = payment.id
        WHERE (payment.refunded_vnd, payment.promised_back_vnd)
            <> (coalesce(refunds.given, 0), coalesce(refunds.promised, 0))
    """,
    # What belongs to no parcel was owed as soon as it came; a parcel's refund is owed from its approval on.
    "what is owed to buyers is what their refunds have not paid yet": """
        SELECT 'order ' || order_id, 'owed ' || sum(owed) || '; refunds say ' || sum(due)
        FROM (
            SELECT posted.order_id, -entry.amount_vnd AS owed, 0 AS due
            FROM ledger_entry AS entry JOIN ledger_transaction AS posted ON posted.id = entry.transaction_id
            WHERE entry.account_id = 'refund_due'
            UNION ALL
            SELECT refund.order_id, 0, refund.amount_vnd FROM payments_refund AS refund
            WHERE refund.status <> 'succeeded' AND refund.called_off_at IS NULL
                AND (refund.parcel_id IS NULL OR refund.status <> 'requested')
        ) AS both_sides
        GROUP BY order_id HAVING sum(owed) <> sum(due)
    """,
    # A transfer without a payment went back as a whole; what was too much or too little for one went back by the books alone.
    "money of no order is what transfers brought, no payment took and nobody sent back": """
        SELECT 'account unallocated', held || '; transfers say ' || brought || ', payments took ' || taken
               || ', sent back ' || sent
        FROM (SELECT -coalesce(sum(amount_vnd), 0) AS held FROM ledger_entry WHERE account_id = 'unallocated') AS books
        CROSS JOIN (
            SELECT coalesce(sum(amount_vnd), 0) AS brought FROM payments_banktransfer
            WHERE state <> 'returned' OR payment_id IS NOT NULL
        ) AS transfers
        CROSS JOIN (
            SELECT coalesce(sum(captured_vnd), 0) AS taken FROM payments_payment WHERE method = 'vietqr'
        ) AS payments
        CROSS JOIN (
            SELECT coalesce(sum(entry.amount_vnd), 0) AS sent
            FROM ledger_entry AS entry JOIN ledger_transaction AS posted ON posted.id = entry.transaction_id
            WHERE entry.account_id = 'unallocated' AND split_part(posted.key, ':', 1) = 'surplus_returned'
        ) AS surplus
        WHERE held <> brought - taken - sent
    """,
    "money of an order that is over goes back": """
        SELECT 'order ' || placed.id, placed.status || ', kept ' || sum(payment.captured_vnd - payment.promised_back_vnd)
        FROM order_order AS placed JOIN payments_payment AS payment ON payment.order_id = placed.id
        WHERE placed.status IN ('cancelled', 'expired', 'refunded')
        GROUP BY placed.id HAVING sum(payment.captured_vnd - payment.promised_back_vnd - payment.disputed_vnd) > 0
    """,
    # What is out already cannot be called off; a person asks for it back.
    "what a bank took for good is not promised back once more": """
        SELECT 'payment ' || payment.id,
               'captured ' || payment.captured_vnd || ', lost ' || payment.disputed_vnd || ', promised '
               || payment.promised_back_vnd || ', of that out ' || coalesce(refunds.sent, 0)
        FROM payments_payment AS payment
        LEFT JOIN (
            SELECT payment_id, sum(amount_vnd) AS sent FROM payments_refund
            WHERE status IN ('submitted', 'succeeded') GROUP BY payment_id
        ) AS refunds ON refunds.payment_id = payment.id
        WHERE payment.status = 'dispute_lost' AND payment.promised_back_vnd > coalesce(refunds.sent, 0)
            AND payment.promised_back_vnd + payment.disputed_vnd - payment.captured_vnd > 0
    """,
    "what banks dispute of a payment is in the books": """
        SELECT 'payment ' || payment.id,
               payment.status || ', disputed ' || payment.disputed_vnd || '; the books say ' || coalesce(booked.taken, 0)
               || ', undecided ' || coalesce(booked.undecided, 0)
        FROM payments_payment AS payment
        LEFT JOIN (
            SELECT posted.payment_id, -sum(entry.amount_vnd) FILTER (WHERE entry.account_id = 'gateway_clearing') AS taken,
                   sum(entry.amount_vnd) FILTER (WHERE entry.account_id = 'disputed') AS undecided
            FROM ledger_transaction AS posted JOIN ledger_entry AS entry ON entry.transaction_id = posted.id
            WHERE posted.kind IN ('dispute_opened', 'dispute_won', 'dispute_lost')
            GROUP BY posted.payment_id
        ) AS booked ON booked.payment_id = payment.id
        WHERE payment.disputed_vnd <> coalesce(booked.taken, 0)
            OR (payment.status = 'disputed') <> (coalesce(booked.undecided, 0) <> 0)
    """,
}
