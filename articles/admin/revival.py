"""Inline rows that are never deleted but marked as taken back, and that come back when they are added again."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest


class RevivingForm(forms.ModelForm):
    """A row of an inline. Adding one that was taken back takes up the old row, which still holds the unique key."""

    # The fields that tell the rows of one owner apart.
    key: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        """Take up the old row where there is one; the model's own checks come after this."""
        cleaned = super().clean()
        if self.instance._state.adding and all(cleaned.get(name) not in (None, "") for name in self.key):
            owner = {name: getattr(self.instance, name) for name in self.owner_columns}
            same = {name: cleaned[name] for name in self.key}
            if all(value is not None for value in owner.values()):
                old = type(self.instance)._default_manager.filter(**owner, **same).filter(self.taken_back).first()
                self.instance = old or self.instance
        return cleaned

    # Which rows count as taken back, and the column of the owner.
    taken_back: ClassVar[models.Q] = models.Q()
    owner_columns: ClassVar[tuple[str, ...]] = ()


class RevivingInlineMixin:
    """For an inline whose form is a RevivingForm: rows that were taken back do not show."""

    form: type[RevivingForm]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Return the rows that hold."""
        return super().get_queryset(request).exclude(self.form.taken_back)  # type: ignore[misc]


class RevivingFormSet(BaseInlineFormSet):
    """The rows of one owner. `mark_kept` and `mark_taken_back` say what a person's word looks like in the row."""

    def add_fields(self, form: RevivingForm, index: int | None) -> None:
        """In a table of rows only the columns have headings: name each field for those who hear the page, too."""
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs.setdefault("aria-label", str(field.label))

    def mark_kept(self, row: models.Model) -> None:
        """Set what a row carries that a person added or changed."""
        raise NotImplementedError

    def mark_taken_back(self, row: models.Model) -> None:
        """Set what a row carries that a person took back."""
        raise NotImplementedError

    def save_new(self, form: RevivingForm, commit: bool = True) -> models.Model:
        self.mark_kept(form.instance)
        return super().save_new(form, commit=commit)

    def save_existing(self, form: RevivingForm, obj: models.Model, commit: bool = True) -> models.Model:
        self.mark_kept(form.instance)
        return super().save_existing(form, obj, commit=commit)

    def delete_existing(self, obj: models.Model, commit: bool = True) -> None:
        self.mark_taken_back(obj)
        if commit:
            obj.save()
