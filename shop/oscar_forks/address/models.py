"""The address book, with the commune in place of Oscar's lines and postcode."""

from oscar.apps.address.abstract_models import AbstractUserAddress

from .commune import CommuneAddress


class UserAddress(CommuneAddress, AbstractUserAddress):
    class Meta(AbstractUserAddress.Meta):
        pass


from oscar.apps.address.models import *  # noqa: E402, F403
