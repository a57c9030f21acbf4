"""What a person is called, and in which language the shop writes to them."""

from .models import User


def name_person(*, user_id: int, last_name: str, first_name: str, language: str) -> None:
    """Write down the name, family name first as it is said, and the language ("vi" or "en")."""
    User.objects.filter(pk=user_id).update(last_name=last_name, first_name=first_name, language=language)
