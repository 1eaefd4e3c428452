"""The rules by which tags are found (enrichment/tags.py), in plain words for readers and editors."""

from django.utils.translation import gettext_lazy as _

RULES = {
    "name": _("by name"),
    "forms": _("by name"),
    "historic": _("by the name of a former state"),
    "adjective": _("by its adjective or its people"),
    "capital": _("by its capital"),
    "government": _("by its government"),
    "place": _("by a place that belongs to it"),
    "flag": _("by its flag"),
    "full-name": _("by full name"),
    "surname": _("by surname, as the text gives the full name too"),
    "surname-beside-office": _("by surname beside the office"),
    "surname-alone": _("by surname alone"),
    "office": _("by the office and the date"),
    "phrase-3": _("by a phrase that is enough by itself"),
    "phrase-2": _("by a phrase that counts together with others"),
    "phrase-1": _("by a phrase that only supports others"),
}


def rule_in_words(rule: str) -> str:
    """Return what a rule means, in the reader's language; empty for one that is not known (tags of older versions)."""
    return str(RULES.get(rule, ""))
