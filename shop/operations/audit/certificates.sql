-- live_state says in SQL what shop.domain.certificates.state.live_state says in Python; a test compares them.
SELECT certificate.id AS certificate_id,
       decision.authority,
       decision.number AS decision_number,
       certificate.issued_on,
       certificate.valid_until,
       certificate.extended_until,
       certificate.stars,
       certificate.stored_state,
       CASE
           WHEN certificate.stored_state IN ('revoked', 'suspended') THEN certificate.stored_state
           WHEN clock.today >= certificate.superseded_on THEN 'expired'
           WHEN clock.today < certificate.issued_on THEN 'expired'
           WHEN clock.today > coalesce(certificate.extended_until, certificate.valid_until) THEN 'expired'
           WHEN clock.today > certificate.valid_until THEN 'extended'
           WHEN certificate.valid_until - clock.today <= 90 THEN 'expiring'
           ELSE 'valid'
       END AS live_state,
       certificate.producer_id,
       certificate.product_id
FROM certificates_certificate AS certificate
JOIN certificates_decision AS decision ON decision.id = certificate.decision_id
-- The day in the shop: what the connection says it is (a question about another day), else the moved clock.
CROSS JOIN (
    SELECT coalesce(
        nullif(current_setting('shop.today', true), '')::date,
        ((now() + coalesce((SELECT moved_by FROM operations_shopclock), interval '0')) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    ) AS today
) AS clock
-- A certificate of an import that was undone is none.
WHERE certificate.undone_at IS NULL
