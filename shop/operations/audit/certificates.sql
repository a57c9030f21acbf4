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
           WHEN audit.today() < certificate.issued_on THEN 'expired'
           WHEN audit.today() > coalesce(certificate.extended_until, certificate.valid_until) THEN 'expired'
           WHEN audit.today() > certificate.valid_until THEN 'extended'
           WHEN certificate.valid_until - audit.today() <= 90 THEN 'expiring'
           ELSE 'valid'
       END AS live_state,
       certificate.producer_id,
       certificate.product_id
FROM certificates_certificate AS certificate
JOIN certificates_decision AS decision ON decision.id = certificate.decision_id
