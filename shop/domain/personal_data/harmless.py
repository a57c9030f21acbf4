"""Columns with words that are nobody's personal data: what goods are called, codes, states, texts of the shop and the office.

A new column with words stands here or in a place of `registry`, or a test fails. Producers, their people at work and
officers are not shoppers: what they sign in public (decisions, claims, reasons) is kept by law, and their accounts are
not erased while they hold a role.
"""

from collections.abc import Iterator

# Table -> columns. Keys that point at a place by its code count as words too.
HARMLESS: dict[str, str] = {
    "address_country": "iso_3166_1_a2 iso_3166_1_a3 iso_3166_1_numeric name printable_name",
    "address_useraddress": "code commune_id country_id",
    "audit_log_auditentry": "action commune_code detail label object_id object_type province_code reason",
    "auth_group": "name",
    "auth_permission": "codename name",
    "basket_basket": "status",
    "basket_line": "line_reference price_currency tax_code",
    "cases_case": "code_as_typed commune_id kind language link_seed number outcome product_name province_id state",
    "cases_caseevent": "action new_state old_state",
    "cases_casemessage": "author",
    "catalogue_attributeoption": "code option",
    "catalogue_attributeoptiongroup": "code name",
    "catalogue_category": (
        "code description description_en group image long_description meta_description meta_title name name_en path slug"
    ),
    "catalogue_option": "code help_text name type",
    "catalogue_product": (
        "code description description_en ingredients ingredients_en meta_description meta_title net_content_unit "
        "origin_commune_id origin_province_id search_exact search_folded shelf_life shelf_life_en slug storage "
        "storage_en story story_en structure title title_en unit unit_en upc vat_class"
    ),
    "catalogue_productattribute": "code name type",
    "catalogue_productattributevalue": "value_file value_image value_richtext value_text",
    "catalogue_productclass": "name slug",
    "catalogue_productimage": "caption code original",
    "certificates_actrequestitem": "refusal",
    "certificates_certificate": (
        "address_as_certified code commune_id extension_reason folded_name folded_producer_name form group_as_printed "
        "legacy_province producer_name product_code product_name province_id search_text source_sheet stop_decision "
        "stop_reason stored_state"
    ),
    "certificates_certificateactrequest": "action closing_reason decision_number outcome payload reason",
    "certificates_certificateevent": "action detail",
    "certificates_decision": "authority number source",
    "certificates_importchange": "kind new old",
    "certificates_importcorrection": "field kind new old sheet",
    "certificates_importrow": "action cells differences problems producer_name product_name sheet",
    "certificates_importrun": "failure file file_name needs options origin province_id report return_reason sha256 state",
    "certificates_unprovenentry": (
        "decision_date decision_number folded_name place producer_name product_name province_id source source_file "
        "stars_as_printed year"
    ),
    "communication_communicationeventtype": (
        "category code email_body_html_template email_body_template email_subject_template name sms_template"
    ),
    "consents_consentrecord": "channel language purpose source subject_type text_version",
    "customer_productalert": "status",
    "django_admin_log": "object_id",
    "django_content_type": "app_label model",
    "django_flatpage": "content template_name title url",
    "django_migrations": "app name",
    "django_site": "domain name",
    "ledger_account": "code kind",
    "ledger_commissionrule": "name scope",
    "ledger_entry": "account_id",
    "ledger_moneyaudit": "breaks",
    "ledger_parcelsplit": "legal_form",
    "ledger_taxrate": "activity legal_form source",
    "ledger_transaction": "key kind",
    "ledger_vatchange": "from_class source to_class",
    "listings_listing": "state",
    "listings_listingrevision": "flags old_prices old_texts prices reason state texts",
    "mfa_authenticator": "type",
    "notifications_outboxmessage": "channel key kind language",
    "offer_benefit": "proxy_class type",
    "offer_condition": "proxy_class type",
    "offer_conditionaloffer": "description name offer_type redirect_url slug status",
    "offer_range": "description name proxy_class slug",
    "offer_rangeproductfileupload": "error_message filepath status upload_type",
    "order_billingaddress": "code commune_id country_id",
    "order_line": (
        "certificate_code partner_line_notes partner_line_reference partner_name partner_sku status tax_code title "
        "title_en unit unit_en upc"
    ),
    "order_lineattribute": "type value",
    "order_lineprice": "tax_code",
    "order_order": (
        "accepted_terms channel currency language link_seed number payment_method shipping_code shipping_method "
        "shipping_tax_code status"
    ),
    "order_orderdiscount": "category message offer_name voucher_code",
    "order_ordernote": "note_type",
    "order_orderstatuschange": "new_status old_status",
    "order_paymentevent": "reference",
    "order_paymenteventtype": "code name",
    "order_shippingaddress": "code commune_id country_id line4 state",
    "order_shippingevent": "notes",
    "order_shippingeventtype": "code name",
    "order_surcharge": "code name tax_code",
    "ordering_checkoutattempt": "preview_hash request_hash state",
    # The operator is a company, and what it publishes is kept by law.
    "pages_operatorrecord": "address email moit_number name phone tax_code",
    "pages_page": "kind slug",
    "pages_pagedraft": "body body_en title title_en",
    "pages_pageversion": "body body_en change_note numbers title title_en",
    "parcels_parcel": "carrier number shipping_service status tracking_number",
    "parcels_parcelevent": "from_status note to_status",
    "partner_partner": "code name",
    "partner_partneraddress": (
        "code commune_id country_id first_name last_name line1 line2 line3 line4 postcode search_text state title"
    ),
    "partner_stockalert": "status",
    "partner_stockrecord": "partner_sku price_currency",
    "payment_source": "currency label reference",
    "payment_sourcetype": "code name",
    "payment_transaction": "reference status txn_type",
    "payments_banktransfer": "bank_reference source state",
    "payments_moneyalert": "detail key kind outcome",
    "payments_payment": "error intent_ref method page_url provider_ref status",
    "payments_refund": "error key provider_ref reason status",
    # What a provider tells of people is left out when its report is written down; the memo of a transfer goes when it is read.
    "payments_webhookevent": "event_id last_error object_id payload provider state type",
    "payouts_bankaccount": "bank_bin",
    "payouts_payout": "bank_reference failure status",
    "payouts_payoutbatch": "checksum status",
    "people_officer": "commune_id province_id scope",
    "people_user": "language",
    "personal_data_erasurerequest": "state",
    "places_commune": "code folded kind name province_id slug",
    "places_legacyunit": "code folded kind level name province_id",
    "places_legacyunit_communes": "commune_id",
    "places_province": "code folded full_name kind name name_en region slug",
    "producers_claimcode": "code_hash",
    "producers_membership": "role",
    "producers_producerclaim": "state",
    "producers_producerevent": "action reason",
    "producers_producerprofile": (
        "address_as_certified commune_id description description_en email folded_name kind language legal_form name_en phone "
        "province_id slug status tax_code"
    ),
    "proving_opendatafile": "mark name sha256 stored_as",
    "proving_signingkey": "key_id public_key",
    "reviews_productreview": "code",
    "shipping_orderanditemcharges": "code description name",
    "shipping_orderanditemcharges_countries": "country_id",
    "shipping_weightbased": "code description name",
    "shipping_weightbased_countries": "country_id",
    "socialaccount_socialaccount": "provider",
    "socialaccount_socialapp": "client_id key name provider provider_id secret settings",
    "returns_refundaccount": "bank_bin",
    "returns_returnrequest": "reason state verdict",
    "returns_returnstep": "side state",
    "stock_stockmovement": "kind",
    "thumbnail_kvstore": "key value",
    "voucher_voucher": "code name usage",
    "voucher_voucherset": "description name",
    "vouchers_voucher": "code funder name scope",
    "wishes_stocknotice": "language source state",
    "wishlists_line": "title",
    "wishlists_wishlist": "key visibility",
}


def harmless_columns() -> Iterator[tuple[str, str]]:
    """Every (table, column) that is declared to hold nothing personal."""
    for table, columns in HARMLESS.items():
        for column in columns.split():
            yield table, column
