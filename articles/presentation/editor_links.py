"""Where an editor goes from the page of an article."""

from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from articles.presentation.links import Link

# Who may change tags of a kind, and where the form of an article has them.
_TAGS = (
    ("articles.change_countrytag", "country_tags-group"),
    ("articles.change_ministertag", "minister_tags-group"),
    ("articles.change_topictag", "topic_tags-group"),
)
_SEES_FORM = ("articles.change_article", "articles.view_article")


def editor_links(article: Article, user: User | AnonymousUser) -> list[Link]:
    """Return links to the article's form, to its tags there, and to its text as imported, as far as `user` may."""
    found = []
    if user.is_staff and any(map(user.has_perm, _SEES_FORM)):
        form = reverse("admin:articles_article_change", args=[article.pk])
        places = [place for permission, place in _TAGS if user.has_perm(permission)]
        found += [Link(_("Edit"), form)] if user.has_perm("articles.change_article") else []
        found += [Link(_("Edit tags"), f"{form}#{places[0]}")] if places else []
    if article.import_run_id and user.has_perm("articles.view_article"):
        found.append(Link(_("Text as imported"), reverse("article_imported", args=[article.pk, article.slug])))
    return found
