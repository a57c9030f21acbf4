"""Log-in and account: allauth's views under Vietnamese addresses, only those that have a page of ours."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import include, path, re_path

from shop.access import entry_views as entry
from shop.access import passkey_views as passkeys

from . import addresses, consents, contact, devices, erased, personal_data, views

customer_urls = ([path("", views.home, name="profile-view"), path("tong-quan/", views.home_again, name="summary")], "customer")

urlpatterns = [
    path("", include(customer_urls)),
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("dang-ky/", account.signup, name="account_signup"),
    path("da-khoa/", account.account_inactive, name="account_inactive"),
    path("ma-dang-nhap/", account.request_login_code, name="account_request_login_code"),
    path("ma-dang-nhap/nhap/", entry.ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    path("email/", account.email, name="account_email"),
    path("dien-thoai/", entry.ChangePhoneView.as_view(), name="account_change_phone"),
    path("dien-thoai/ma/", account.verify_phone, name="account_verify_phone"),
    path("xac-nhan-email/", account.email_verification_sent, name="account_email_verification_sent"),
    path("xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/", account.password_change, name="account_change_password"),
    path("mat-khau/dat/", account.password_set, name="account_set_password"),
    path("mat-khau/dat-lai/", entry.PasswordResetView.as_view(), name="account_reset_password"),
    path("mat-khau/dat-lai/ma/", entry.ConfirmResetCodeView.as_view(), name="account_confirm_password_reset_code"),
    path("mat-khau/dat-lai/moi/", entry.CompleteResetView.as_view(), name="account_complete_password_reset"),
    path("mat-khau/dat-lai/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    path("mat-khau/dat-lai/xong/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^mat-khau/dat-lai/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entry.ResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("hai-lop/", mfa.index, name="mfa_index"),
    path("hai-lop/ma/", passkeys.AuthenticateView.as_view(), name="mfa_authenticate"),
    path("hai-lop/xac-nhan-lai/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("hai-lop/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("hai-lop/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("hai-lop/ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("hai-lop/ma-du-phong/tao/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("hai-lop/ma-du-phong/tai/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("khoa-truy-cap/them/", passkeys.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("khoa-truy-cap/vao/", passkeys.LoginByPasskeyView.as_view(), name="mfa_login_webauthn"),
    path("khoa-truy-cap/xac-nhan-lai/", passkeys.ReauthenticateByPasskeyView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("khoa-truy-cap/<int:pk>/ten/", passkeys.RenamePasskeyView.as_view(), name="mfa_edit_webauthn"),
    path("khoa-truy-cap/<int:pk>/go/", passkeys.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    # allauth's own pages lead to its list of keys after a change; ours is on the page of security.
    path("khoa-truy-cap/", views.security_again, name="mfa_list_webauthn"),
    path("dia-chi/", addresses.address_list, name="account_addresses"),
    path("dia-chi/them/", addresses.add_address, name="account_add_address"),
    path("dia-chi/<int:address>/sua/", addresses.edit_address, name="account_edit_address"),
    path("dia-chi/<int:address>/xoa/", addresses.delete_address, name="account_delete_address"),
    path("dia-chi/<int:address>/mac-dinh/", addresses.choose_default, name="account_default_address"),
    path("lien-he/", contact.contact, name="account_contact"),
    path("thiet-bi/", devices.devices, name="account_devices"),
    path("thiet-bi/khac/ket-thuc/", devices.end_others, name="account_end_devices"),
    path("thiet-bi/<int:device>/ket-thuc/", devices.end_one, name="account_end_device"),
    path("thong-bao/", consents.message_settings, name="account_messages"),
    path("thong-bao/cho/<int:notice>/dung/", consents.stop_waiting, name="account_stop_waiting"),
    path("du-lieu/", personal_data.overview, name="account_personal_data"),
    path("du-lieu/tai/", personal_data.export, name="account_export"),
    path("du-lieu/xoa/", personal_data.erase, name="account_erase"),
    path("du-lieu/xoa/rut-lai/", personal_data.withdraw, name="account_withdraw_erasure"),
    path("da-xoa/", erased.erased, name="account_erased"),
]
