"""The keys that pages answer to, for their list and for the help page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Key:
    """A key as it is printed on it, and what it does."""

    name: str
    does: str | Promise


KEYS = (
    Key("/", _("to the search box")),
    Key("j", _("to the next result")),
    Key("k", _("to the previous result")),
    Key("?", _("the list of keys")),
    Key("Esc", _("closes what is open")),
)
