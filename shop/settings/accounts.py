"""How people log in: settings of django-allauth and django-axes; nothing here reads the environment."""

from datetime import timedelta

AUTHENTICATION_BACKENDS = [
    # First, so that a locked-out pair of login and address is refused before any password is looked at.
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "shop.access.password_rules.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "customer:profile-view"

ACCOUNT_ADAPTER = "shop.access.allauth_adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# One of e-mail and phone, with or without a password: the form asks for one (access.account_forms); allauth's own check
# of settings knows no "one of the two" and wants the e-mail to be marked.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = False
# Eight digits, three guesses for each code.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
CODE_LIFETIME = 15 * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = CODE_LIFETIME
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_LIFETIME
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = CODE_LIFETIME
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = CODE_LIFETIME
# A known and an unknown address get the same answer only when every address must be proved.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
# By name, so that it is the home page in the language of the page that was left.
ACCOUNT_LOGOUT_REDIRECT_URL = "storefront:home"
ACCOUNT_FORMS = {
    "login": "shop.access.account_forms.LoginForm",
    "signup": "shop.access.account_forms.SignupForm",
    "reset_password": "shop.access.account_forms.ResetPasswordForm",
    "reset_password_from_key": "shop.access.account_forms.ResetPasswordKeyForm",
    "change_password": "shop.access.account_forms.ChangePasswordForm",
    "set_password": "shop.access.account_forms.SetPasswordForm",
    "reauthenticate": "shop.access.account_forms.ReauthenticateForm",
    "add_email": "shop.access.account_forms.ChangeEmailForm",
    "change_phone": "shop.access.account_forms.ChangePhoneForm",
    "verify_phone": "shop.access.account_forms.VerifyPhoneForm",
    "request_login_code": "shop.access.account_forms.RequestLoginCodeForm",
    "confirm_login_code": "shop.access.account_forms.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "shop.access.account_forms.ConfirmResetCodeForm",
    "confirm_email_verification_code": "shop.access.account_forms.ConfirmEmailCodeForm",
}
ACCOUNT_RATE_LIMITS = {
    # At most twenty guesses an hour count against one account, however many addresses they come from.
    "login_failed": "10/m/ip,20/h/key",
    # What is sent to an address on anybody's word. access.account_messages counts once more, in the database.
    "reset_password": "20/m/ip,3/h/key",
    "request_login_code": "20/m/ip,5/h/key",
    "confirm_email": "1/10s/key,5/h/key",
    "verify_phone": "1/30s/key,5/h/key,20/m/ip",
    "change_phone": "5/m/user",
}

MFA_ADAPTER = "shop.access.allauth_adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# The device asks for a finger, a face or a PIN each time: that is what makes a passkey two factors.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Chợ OCOP"
MFA_FORMS = {
    "authenticate": "shop.access.second_factor_forms.AuthenticateForm",
    "reauthenticate": "shop.access.second_factor_forms.ReauthenticateForm",
    "activate_totp": "shop.access.second_factor_forms.ActivateTotpForm",
    "add_webauthn": "shop.access.passkey_views.AddPasskeyForm",
    "edit_webauthn": "shop.access.passkey_views.RenamePasskeyForm",
    "login_webauthn": "shop.access.passkey_forms.LoginForm",
    "authenticate_webauthn": "shop.access.passkey_forms.AuthenticateForm",
    "reauthenticate_webauthn": "shop.access.passkey_forms.ReauthenticateForm",
}

# Whole offices and villages share one address, so an address alone is never locked out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_USERNAME_CALLABLE = "shop.access.lockout.login_of"
AXES_LOCKOUT_CALLABLE = "shop.access.lockout.answer_locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
