"""Django's admin as a window: superusers look, nobody changes anything around the shop's rules."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models.base import ModelBase
from django.http import Http404, HttpRequest
from django.shortcuts import redirect

# Keys and tokens are nobody's to look at.
HIDDEN_APPS = {"mfa", "socialaccount"}


class ReadOnly:
    """What a registered model admin loses here."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:  # noqa: ARG002 -- Django's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


class ReadOnlyAdminSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:  # noqa: ARG002 -- Django's signature
        """There is one log-in, and the access matrix has asked for it already."""
        raise Http404

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:  # noqa: ARG002
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:  # noqa: ARG002
        return redirect("account_change_password")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        base = admin_class or ModelAdmin
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        shown = [model for model in models if model._meta.app_label not in HIDDEN_APPS]
        super().register(shown, type(f"ReadOnly{base.__name__}", (ReadOnly, base), {}), **options)
