"""Tags of the admin's templates."""

from django import template

from articles.importing import settling

register = template.Library()


@register.simple_tag
def open_count() -> int:
    """How many questions and tags wait for an editor."""
    return settling.open_count()
