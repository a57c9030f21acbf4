"""People with accounts."""

from itertools import count

from shop.domain.people.models import Officer, User

PASSWORD = "Tra-Tan-Cuong-2026"
_numbers = count(1)


def make_user(email=None, *, phone=None, **fields):
    if email is None and phone is None:
        email = f"nguoi-mua-{next(_numbers)}@example.vn"
    fields.setdefault("first_name", "Châu")
    fields.setdefault("last_name", "Lê Minh")
    return User.objects.create_user(email, PASSWORD, phone=phone, **fields)


def make_staff(**fields):
    return make_user(is_staff=True, is_superuser=True, **fields)


def make_officer(*, scope=Officer.Scope.ALL, province=None, commune=None, **fields):
    user = make_user(**fields)
    Officer.objects.create(user=user, scope=scope, province=province, commune=commune)
    return user
