"""Rows of the access matrix for views that other people wrote and that cannot say it themselves."""

from .declare import EVERYBODY, Access

PEOPLE = tuple(role for role in EVERYBODY if role != "anonymous")
STAFF = ("staff",)
READ = ("GET",)
FORM = ("GET", "POST")


def _row(roles: tuple[str, ...], methods: tuple[str, ...]) -> Access:
    return Access(roles=roles, methods=methods, writes=tuple(m for m in methods if m == "POST"), owner=None)


_open_page = _row(EVERYBODY, READ)
_open_form = _row(EVERYBODY, FORM)
# What a person does to their own account: allauth takes the account from the session, never from the address.
_own_page = _row(PEOPLE, READ)
_own_form = _row(PEOPLE, FORM)
_staff_page = _row(STAFF, READ)
_staff_form = _row(STAFF, FORM)
_nobodys_page = _row((), READ)

THIRD_PARTY = {
    "account_login": _open_form,
    "account_signup": _open_form,
    "account_inactive": _open_page,
    "account_request_login_code": _open_form,
    "account_confirm_login_code": _open_form,
    "account_verify_phone": _open_form,
    "account_confirm_password_reset_code": _open_form,
    "account_complete_password_reset": _open_form,
    "mfa_login_webauthn": _open_form,
    "account_email_verification_sent": _open_form,
    "account_reset_password": _open_form,
    "account_reset_password_done": _open_page,
    "account_reset_password_from_key": _open_form,
    "account_reset_password_from_key_done": _open_page,
    "mfa_authenticate": _open_form,
    # Also how a visitor drops a log-in that waits for a code.
    "account_logout": _open_form,
    "account_reauthenticate": _own_form,
    "account_change_password": _own_form,
    "account_set_password": _own_form,
    "account_email": _own_form,
    "account_change_phone": _own_form,
    "mfa_reauthenticate_webauthn": _own_form,
    "mfa_add_webauthn": _own_form,
    "mfa_edit_webauthn": _own_form,
    "mfa_remove_webauthn": _own_form,
    "mfa_index": _own_page,
    "mfa_reauthenticate": _own_form,
    "mfa_activate_totp": _own_form,
    "mfa_deactivate_totp": _own_form,
    "mfa_view_recovery_codes": _own_page,
    "mfa_generate_recovery_codes": _own_form,
    "mfa_download_recovery_codes": _own_page,
    "dashboard:catalogue-category-list": _staff_form,
    "dashboard:catalogue-category-detail-list": _staff_form,
    "dashboard:catalogue-category-create": _staff_form,
    "dashboard:catalogue-category-create-child": _staff_form,
    "dashboard:catalogue-category-update": _staff_form,
    "dashboard:catalogue-category-delete": _staff_form,
    "admin:logout": _staff_form,
}

# Django's admin makes its addresses from the registered models; here it only shows, and only to superusers.
THIRD_PARTY_NAMESPACES = {"admin": _staff_page}
# Its forms for adding and deleting have addresses of their own; in an admin that only shows they are for nobody.
THIRD_PARTY_ENDINGS = {"admin": (("_add", "_delete"), _nobodys_page)}
