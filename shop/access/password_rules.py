"""Django's rules for passwords, where Django has no Vietnamese words for them."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """At least eight characters, said in the page's language."""

    def get_error_message(self) -> str:
        return _("Mật khẩu quá ngắn: cần ít nhất %(length)s ký tự.") % {"length": self.min_length}

    def get_help_text(self) -> str:
        return self.get_error_message()
