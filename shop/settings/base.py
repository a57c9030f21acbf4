"""Settings of the shop; the one module that reads the environment (see .env.example)."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403  Oscar reads its settings without defaults
from redis.backoff import NoBackoff
from redis.retry import Retry

from shop.embedded import addresses
from shop.settings import environment as read
from shop.settings.accounts import *  # noqa: F403  how people log in
from shop.settings.apps import installed_apps
from shop.settings.dashboard import *  # noqa: F403  after Oscar's own menu, instead of it
from shop.settings.secret import lasting_secret

BASE_DIR = Path(__file__).resolve().parents[2]

# ── The environment ────────────────────────────────────────────────────────────────────────────────────────────────
VAR_DIR = read.read_folder("VAR_DIR", BASE_DIR / "var")
PORT = read.read_number("PORT", 8000, least=1, most=65535)
# Behind a proxy on another machine or in a container this is 0.0.0.0; a newcomer's shop is for that machine alone.
BIND_HOST = read.read_text("BIND_HOST", "127.0.0.1")
WEB_WORKERS = read.read_number("WEB_WORKERS", 2, least=1, most=64)
BASE_URL = read.read_url(
    "BASE_URL", schemes=("http", "https"), example="https://ocop.example.vn", default=f"http://127.0.0.1:{PORT}"
)
HOST = urlsplit(BASE_URL).hostname or ""
IS_HTTPS = BASE_URL.startswith("https:")

DATABASE_URL = read.read_url(
    "DATABASE_URL", schemes=("postgres", "postgresql"), example="postgres://shop:password@db.example.vn:5432/shop"
)
DATABASE_IS_EMBEDDED = not DATABASE_URL
REDIS_URL = read.read_url("REDIS_URL", schemes=("redis", "rediss", "unix"), example="redis://valkey.example.vn:6379/0")
REDIS_IS_EMBEDDED = not REDIS_URL
if DATABASE_IS_EMBEDDED:
    DATABASE_URL = addresses.database_url(VAR_DIR)
if REDIS_IS_EMBEDDED:
    REDIS_URL = addresses.redis_url(VAR_DIR)
DATABASE = read.describe_database(DATABASE_URL)

SECRET_KEY = read.read_text("SECRET_KEY") or lasting_secret(VAR_DIR / "secret-key")
# Signs certificates as JSON (Ed25519). Changing it retires the old key, which stays published (docs/OPERATIONS.md).
CERTIFICATE_SIGNING_KEY = read.check_key(
    "CERTIFICATE_SIGNING_KEY",
    read.read_text("CERTIFICATE_SIGNING_KEY")
    or lasting_secret(VAR_DIR / "certificate-signing-key", make=secrets.token_hex, length=32),
    length=32,
)
ALLOWED_HOSTS = read.read_list("ALLOWED_HOSTS") or [HOST, "127.0.0.1", "localhost", "[::1]"]

MAIL = read.read_mail_url("EMAIL_URL")
# Without a mail server messages are kept and shown to the office.
MAIL_IS_SENT = bool(MAIL)
SMS_URL = read.read_url("SMS_URL", schemes=("http", "https"), example="https://sms.example.vn/send")

STRIPE_SECRET_KEY = read.read_stripe_key("STRIPE_SECRET_KEY")
STRIPE_PUBLISHABLE_KEY = read.read_text("STRIPE_PUBLISHABLE_KEY")
STRIPE_WEBHOOK_SECRETS = read.read_list("STRIPE_WEBHOOK_SECRET")
STRIPE_API_BASE = read.read_url("STRIPE_API_BASE", schemes=("http", "https"), example="http://127.0.0.1:12111")
if STRIPE_API_BASE and "_live_" in STRIPE_SECRET_KEY:
    raise read.WrongEnvironment("STRIPE_API_BASE is for a stand-in: it must not be given a live STRIPE_SECRET_KEY.")
VIETQR_BANK_BIN = read.read_digits("VIETQR_BANK_BIN", length=6)
VIETQR_ACCOUNT = read.read_text("VIETQR_ACCOUNT")
VIETQR_ACCOUNT_NAME = read.read_text("VIETQR_ACCOUNT_NAME")
BANK_WEBHOOK_SECRET = read.read_text("BANK_WEBHOOK_SECRET")

# A card session lives 31 minutes and its hold two more, so a shorter hold would free stock that is being paid.
HOLD_CARD_MINUTES = read.read_number("HOLD_CARD_MINUTES", 33, least=33, most=24 * 60)
HOLD_TRANSFER_HOURS = read.read_number("HOLD_TRANSFER_HOURS", 24, least=1, most=30 * 24)
# Reports and questions to the office: when somebody has taken them, when they are answered, how long contacts are kept.
CASE_RECEIPT_HOURS = read.read_number("CASE_RECEIPT_HOURS", 24, least=1, most=30 * 24)
CASE_ANSWER_DAYS = read.read_number("CASE_ANSWER_DAYS", 7, least=1, most=90)
CASE_CONTACT_DAYS = read.read_number("CASE_CONTACT_DAYS", 90, least=1, most=10 * 365)
# For how long a public page may be kept; 0 makes each one anew. A longer life would break what is promised of stars.
PAGE_CACHE_SECONDS = read.read_number("PAGE_CACHE_SECONDS", 30, least=0, most=30)
# For how long a process gives out a page again before it asks Valkey whether it is still as things are.
PAGE_TRUST_SECONDS = 0.05
# Orders of one phone, or of one address of the network, that may wait for their money at once.
UNPAID_ORDERS_MAX = read.read_number("UNPAID_ORDERS_MAX", 3, least=1, most=1_000_000)
# Above this a first order in cash wants a phone that answers with a code.
COD_PHONE_ABOVE_VND = read.read_number("COD_PHONE_ABOVE_VND", 2_000_000, least=0, most=1_000_000_000)
COD_LIMIT_VND = read.read_number("COD_LIMIT_VND", 5_000_000, least=0, most=1_000_000_000)
# Producers are paid so often, and nothing smaller than this.
PAYOUT_EVERY_DAYS = read.read_number("PAYOUT_EVERY_DAYS", 7, least=1, most=31)
PAYOUT_MINIMUM_VND = read.read_number("PAYOUT_MINIMUM_VND", 200_000, least=1, most=1_000_000_000)

TIME_ZONE = "Asia/Ho_Chi_Minh"
SHOP_CLOCK = read.read_moment("SHOP_CLOCK")
DEMO = read.read_switch("DEMO", default=DATABASE_IS_EMBEDDED and not IS_HTTPS)
if IS_HTTPS and SHOP_CLOCK:
    raise read.WrongEnvironment("SHOP_CLOCK moves the clock of a demonstration: unset it where BASE_URL is https.")
if IS_HTTPS and DEMO:
    raise read.WrongEnvironment("DEMO=1 shows samples as goods: unset it where BASE_URL is https.")

# `make run` brings a stand-in for Stripe along, so that a newcomer pays by card as well (decision 0110).
STRIPE_IS_BROUGHT_ALONG = DEMO and DATABASE_IS_EMBEDDED and not (STRIPE_SECRET_KEY or STRIPE_API_BASE)
STAND_IN_PORT = PORT + 4111 if PORT + 4111 < 2**16 else PORT - 4111
if STRIPE_IS_BROUGHT_ALONG:
    STRIPE_API_BASE = f"http://127.0.0.1:{STAND_IN_PORT}"
    STRIPE_SECRET_KEY = f"sk_test_{lasting_secret(VAR_DIR / 'stand-in-key', make=secrets.token_hex, length=16)}"
    STRIPE_WEBHOOK_SECRETS = [f"whsec_{lasting_secret(VAR_DIR / 'stand-in-webhook-secret', make=secrets.token_hex, length=16)}"]
# The same for transfers: an account that no bank has, and a feed that `manage.py demo_transfer` signs.
VIETQR_IS_MADE_UP = DEMO and DATABASE_IS_EMBEDDED and not (VIETQR_BANK_BIN or VIETQR_ACCOUNT or VIETQR_ACCOUNT_NAME)
if VIETQR_IS_MADE_UP:
    VIETQR_BANK_BIN, VIETQR_ACCOUNT, VIETQR_ACCOUNT_NAME = "000000", "0000000000", "TAI KHOAN TRINH DIEN"
    BANK_WEBHOOK_SECRET = BANK_WEBHOOK_SECRET or lasting_secret(VAR_DIR / "demo-bank-secret")
# Where buyers pay by card: Stripe's own page, or the stand-in's.
CARD_PAGES = "://".join(urlsplit(STRIPE_API_BASE)[:2]) if STRIPE_API_BASE else "https://checkout.stripe.com"

MEDIA_ROOT = read.read_storage("MEDIA_STORAGE_URL", VAR_DIR / "media")
PRIVATE_ROOT = read.read_storage("PRIVATE_STORAGE_URL", VAR_DIR / "private")
SENTRY_DSN = read.read_sentry("SENTRY_DSN")

# ── Django ─────────────────────────────────────────────────────────────────────────────────────────────────────────
DEBUG = False
INSTALLED_APPS = installed_apps()
ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
SITE_ID = 1
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "shop.common.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # Before everything that asks who is looking; what stands above puts its headers on kept pages too.
    "shop.web.storefront.page_cache.middleware.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "shop.web.staff.policy.StaffPagesPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shop.common.language.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before CSRF: a method that no row declares is 405 and a wrong role 404, with a token or without.
    "shop.access.middleware.AccessMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shop.oscar_forks.basket.middleware.BasketMiddleware",
    "shop.access.presence.PresenceMiddleware",
    "axes.middleware.AxesMiddleware",
]

FORM_RENDERER = "shop.common.quick_inputs.QuickInputs"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Our own folder first: templates/oscar/… replaces what the package brings.
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "shop.web.storefront.context.shop",
                # Oscar's others ask who is looking, and a page that asks differs by cookie.
                "oscar.core.context_processors.metadata",
            ]
        },
    }
]

DATABASES = {
    "default": {
        **DATABASE,
        "ENGINE": "shop.common.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            # Decision 0092: PostgreSQL plans a statement anew each time it reads one with its values in the text.
            "server_side_binding": True,
            "prepare_threshold": 3,
            # A request that waits longer than this has lost its buyer; it must not hold others up as well.
            "options": "-c lock_timeout=5s -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s",
            **DATABASE.get("OPTIONS", {}),
        },
    }
}

CACHES = {
    "default": {
        "BACKEND": "shop.common.forgiving_cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "shop",
        # One quick second try; redis-py's own patience would make a buyer wait for seconds.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 1)},
    }
}

# ── Languages and places ───────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
USE_I18N = True
USE_TZ = True

# ── Who is asking ──────────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "people.User"
PASSWORD_RESET_TIMEOUT = 60 * 60

# ── Safety of pages ────────────────────────────────────────────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        # The button «pay by card» leads on to the provider's page, and browsers count that as the form's doing.
        "form-action": ["'self'", *([CARD_PAGES] if STRIPE_SECRET_KEY else [])],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
# The address the reverse proxy says the visitor used; only believed where the shop is told to stand behind one.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "shop.web.storefront.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# ── Files ──────────────────────────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
# Whitenoise warns about a folder that is not there, even when nothing was collected.
STATIC_ROOT = read.made(VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Licences, dossiers and identity papers: no URL leads here, only a permitted view reads it.
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Collecting Oscar's files takes most of a minute, so they are served from where they lie.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Pages name their files with a version of the content, so a phone may keep them for a day and still be right.
WHITENOISE_MAX_AGE = 24 * 3600

# ── Mail ───────────────────────────────────────────────────────────────────────────────────────────────────────────
DEFAULT_FROM_EMAIL = f"Chợ OCOP <khong-tra-loi@{HOST}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
globals().update(MAIL)

# ── Celery (shop/celery.py reads what starts with CELERY_) ──────────────────────────────────────────────────────────
CELERY_BROKER_URL = addresses.broker_url(REDIS_URL)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 100
# A task whose worker vanished comes back after this long; it must exceed the longest task.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 180, "socket_connect_timeout": 2, "socket_timeout": 30}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Ringing the bell must not make a buyer wait: the scheduler sweeps what no bell announced.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False

# ── What a process remembers ────────────────────────────────────────────────────────────────────────────────────────
# Counts and order of the shelf, and finished pieces of pages, keyed by what they show; 0 remembers nothing.
SHELF_INDEX_SECONDS = 1
PIECES_SECONDS = 30

# ── Oscar ──────────────────────────────────────────────────────────────────────────────────────────────────────────
OSCAR_SHOP_NAME = "Chợ OCOP"
OSCAR_SHOP_TAGLINE = _("Mỗi xã một sản phẩm")
OSCAR_DEFAULT_CURRENCY = "VND"
OSCAR_FROM_EMAIL = DEFAULT_FROM_EMAIL
OSCAR_SLUG_MAP = {"đ": "d", "Đ": "D"}
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "line1", "country")
OSCAR_OFFERS_INCL_TAX = True
OSCAR_ORDER_STATUS_PIPELINE = {}
OSCAR_LINE_STATUS_PIPELINE = {}
OSCAR_BASKET_COOKIE_SECURE = OSCAR_RECENTLY_VIEWED_COOKIE_SECURE = IS_HTTPS
OSCAR_EAGER_ALERTS = False
OSCAR_URL_SCHEMA = "https" if IS_HTTPS else "http"
OSCAR_HIDDEN_FEATURES = ["reviews", "wishlists"]
# Oscar imports haystack; the shop's own search is used everywhere.
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"

# One JSON object a line on standard error, without personal data (shop/running/discreet.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "shop.running.json_lines.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},
        # Django and these two bring handlers of their own, which write lines for people.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "gunicorn.error": {"handlers": [], "propagate": True},
        # Celery stops the tasks' own logger from handing on.
        "celery.task": {"handlers": ["stderr"], "propagate": False},
    },
}
