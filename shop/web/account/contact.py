"""Who a person is here: name, the language of messages, and how they are reached."""

from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shop.access.declare import access
from shop.common.vietnamese import normalise
from shop.domain.people.models import User
from shop.domain.people.naming import name_person

from .audience import PEOPLE


class NameForm(forms.Form):
    last_name = forms.CharField(
        label=_("Họ và tên đệm"), max_length=255, required=False, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    first_name = forms.CharField(
        label=_("Tên"), max_length=255, required=False, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    language = forms.ChoiceField(
        label=_("Ngôn ngữ của thư và tin nhắn"),
        choices=settings.LANGUAGES,
        error_messages={"invalid_choice": _("Chọn một ngôn ngữ")},
    )

    def clean_first_name(self) -> str:
        return normalise(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        return normalise(self.cleaned_data["last_name"])


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",))
def contact(request: HttpRequest) -> HttpResponse:
    """Show name, language, e-mail and phone; save the first two. The others change by a code of their own."""
    person: User = request.user
    kept = {"last_name": person.last_name, "first_name": person.first_name, "language": person.language}
    form = NameForm(request.POST or None, initial=kept, label_suffix="")
    if request.method == "POST" and form.is_valid():
        name_person(user_id=person.pk, **form.cleaned_data)
        messages.success(request, gettext("Đã lưu."))
        return redirect("account_contact")
    is_email_verified = EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()
    context = {"form": form, "person": person, "is_email_verified": is_email_verified}
    return render(request, "account/contact.html", context, status=422 if form.errors else 200)
