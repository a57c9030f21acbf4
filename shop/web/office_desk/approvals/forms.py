"""Why a colleague's request is refused."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 2000


class RefusalForm(forms.Form):
    """One field: the reason, which the colleague reads."""

    reason = forms.CharField(
        label=_("Lý do từ chối"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do từ chối.")},
    )
