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
# By phone alone one cannot sign up before a way to send codes exists; shops and offices enter phones themselves.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# A known and an unknown address get the same answer only when every address must be proved.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
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
    "confirm_email_verification_code": "shop.access.account_forms.ConfirmEmailCodeForm",
}
ACCOUNT_RATE_LIMITS = {
    # At most twenty guesses an hour count against one account, however many addresses they come from.
    "login_failed": "10/m/ip,20/h/key",
    "reset_password": "20/m/ip,3/h/key",
}

MFA_ADAPTER = "shop.access.allauth_adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Chợ OCOP"
MFA_FORMS = {
    "authenticate": "shop.access.second_factor_forms.AuthenticateForm",
    "reauthenticate": "shop.access.second_factor_forms.ReauthenticateForm",
    "activate_totp": "shop.access.second_factor_forms.ActivateTotpForm",
}

# Whole offices and villages share one address, so an address alone is never locked out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_USERNAME_CALLABLE = "shop.access.lockout.login_of"
AXES_LOCKOUT_CALLABLE = "shop.access.lockout.answer_locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
