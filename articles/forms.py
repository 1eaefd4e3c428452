"""Forms of the admin: what an editor types, checked and brought into the shape in which it is kept."""

import datetime
import re
from collections.abc import Iterable, Sequence

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify

from articles.models import Article, Official, Tenure, Topic
from articles.text.days import parse_period
from articles.text.normalize import fold

TOPIC_LANGUAGES = ("en", "ar", "ru", "es", "fr")
_MINUTE = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]+(\d{2}:\d{2})(?:Z| ?UTC)?", re.IGNORECASE)


class ArticleForm(forms.ModelForm):
    """An article as an editor writes it. The date is one field, as precise as it is known."""

    date = forms.CharField(
        required=False,
        max_length=25,
        help_text="2024-07-25 14:03 (UTC), 2024-07-25, 2024-07, 2024, or empty where there is no date.",
    )
    tag_again = forms.BooleanField(
        required=False,
        label="Find countries, ministers and topics in the text",
        help_text="Happens by itself when the title, the text, the date or the language has changed. "
        "What an editor set or removed stays.",
    )

    class Meta:
        model = Article
        fields = ("title", "body", "source", "url", "language", "date_kind", "byline", "forwarded_from", "visible")
        widgets = {
            "title": forms.TextInput(attrs={"class": "vLargeTextField", "dir": "auto"}),
            "body": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 24, "dir": "auto"}),
            "url": forms.TextInput(attrs={"class": "vLargeTextField", "dir": "ltr"}),
        }
        help_texts = {"body": "Paragraphs are parted by a blank line."}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        adding = self.instance.pk is None
        self._tagged_by = _tagged_by(self.instance)
        self.fields["tag_again"].initial = adding
        self.fields["date"].initial = "" if adding else self.instance.date_text.replace("T", " ").replace("Z", "")
        self.fields["date_kind"].required = False

    def clean_body(self) -> str:
        """Browsers send line ends as CR LF, which would shift every offset of the tags' evidence."""
        lines = re.split(r"\r\n|\r|\n", self.cleaned_data["body"])
        body = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()
        if not body:
            raise forms.ValidationError("The text is empty.")
        if len(body) > settings.ARTICLE_MAX_LENGTH:
            raise forms.ValidationError(
                f"The text has {len(body):,} characters; at most {settings.ARTICLE_MAX_LENGTH:,} make one article."
            )
        return body

    def clean_title(self) -> str:
        """White space inside a title is single spaces."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_date(self) -> tuple[datetime.datetime | None, str]:
        """Return (moment in UTC, precision)."""
        text = self.cleaned_data["date"].strip()
        if not text:
            return None, Article.DatePrecision.NONE
        minute = _MINUTE.fullmatch(text)
        if minute:
            try:
                moment = datetime.datetime.fromisoformat(f"{minute[1]}T{minute[2]}+00:00")
            except ValueError:
                raise forms.ValidationError("There is no such day or time.") from None
            return moment, Article.DatePrecision.MINUTE
        period = parse_period(text)
        if period is None:
            raise forms.ValidationError("Write 2024-07-25 14:03, 2024-07-25, 2024-07 or 2024.")
        precisions = {10: Article.DatePrecision.DAY, 7: Article.DatePrecision.MONTH, 4: Article.DatePrecision.YEAR}
        return period.first_moment, precisions[len(period.text)]

    def clean(self) -> dict[str, object]:
        """Bring the date and its kind together: no date has no kind, and a date that is typed in is a stated one."""
        cleaned = super().clean()
        moment, precision = cleaned.get("date") or (None, Article.DatePrecision.NONE)
        self.instance.published_at, self.instance.date_precision = moment, precision
        kind = cleaned.get("date_kind") or Article.DateKind.NONE
        if moment is None:
            cleaned["date_kind"] = Article.DateKind.NONE
        elif kind == Article.DateKind.NONE:
            cleaned["date_kind"] = Article.DateKind.STATED
        return cleaned

    @property
    def tags_may_change(self) -> bool:
        """Whether the article, once it is completed, differs from before in what its tags depend on."""
        return _tagged_by(self.instance) != self._tagged_by


def _tagged_by(article: Article) -> tuple[object, ...]:
    """Return what the tags of an article depend on; of its date the day and how precise it is."""
    day = article.published_at and article.published_at.date()
    return article.title, article.title_made, article.body, article.language, day, article.date_precision


class TenureForm(forms.ModelForm):
    """An office held, its days written as they are known."""

    class Meta:
        model = Tenure
        fields = ("country", "office", "start", "end")
        widgets = {name: forms.TextInput(attrs={"size": 10, "dir": "ltr"}) for name in ("start", "end")}

    def _day(self, name: str) -> str:
        text = self.cleaned_data[name].strip()
        period = parse_period(text)
        if text and period is None:
            raise forms.ValidationError("Write 2004-03-09, 2004-03 or 2004.")
        return str(period) if period else ""

    def clean_start(self) -> str:
        return self._day("start")

    def clean_end(self) -> str:
        return self._day("end")

    def clean(self) -> dict[str, object]:
        """The end may not lie before the start."""
        cleaned = super().clean()
        start, end = (parse_period(str(cleaned.get(name) or "")) for name in ("start", "end"))
        if start and end and end.end < start.start:
            self.add_error("end", "The end lies before the start.")
        return cleaned


def _topic_name(language: str, required: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=f"Name in {language}", max_length=100, required=required, widget=widget)


class TopicForm(forms.ModelForm):
    """A topic with one field for its name in each language."""

    name_en = _topic_name("English", required=True)
    name_ar = _topic_name("Arabic")
    name_ru = _topic_name("Russian")
    name_es = _topic_name("Spanish")
    name_fr = _topic_name("French")

    class Meta:
        model = Topic
        fields = ("slug", "parent", "threshold")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for code in TOPIC_LANGUAGES:
            self.fields[f"name_{code}"].initial = (self.instance.names or {}).get(code, "")
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "For addresses; cannot be changed later. Empty: made from the English name."

    def clean_slug(self) -> str:
        """Return the slug, made from the English name where it was left empty."""
        slug = self.cleaned_data["slug"] or slugify(self.data.get("name_en", ""))[:60].strip("-")
        if not slug:
            raise forms.ValidationError("Write a short name of Latin letters, digits and hyphens.")
        return slug

    def clean_parent(self) -> Topic | None:
        """A topic cannot stand below itself."""
        parent = self.cleaned_data["parent"]
        above = parent
        while above is not None:
            if above.pk == self.instance.pk:
                raise forms.ValidationError("A topic cannot stand below itself.")
            above = above.parent
        return parent

    def clean(self) -> dict[str, object]:
        """Gather the names; languages that have no field here keep theirs."""
        cleaned = super().clean()
        typed = {code: str(cleaned.get(f"name_{code}") or "").strip() for code in TOPIC_LANGUAGES}
        others = {code: name for code, name in (self.instance.names or {}).items() if code not in TOPIC_LANGUAGES}
        self.instance.names = {code: name for code, name in typed.items() if name} | others
        return cleaned


class OfficialForm(forms.ModelForm):
    """Someone who is often taken for a minister; spellings one a line."""

    spellings = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text="Full names in any script, one a line.",
    )

    class Meta:
        model = Official
        fields = ("name", "country", "role", "spellings")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.initial["spellings"] = "\n".join(str(spelling) for spelling in self.instance.spellings or [])

    def clean_spellings(self) -> list[str]:
        """Return the spellings, each once."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["spellings"].splitlines())
        return list({fold(line): line for line in lines if line}.values())


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several uploaded files; each must hold something and stay below UPLOAD_MAX_SIZE."""

    widget = FilesInput

    def clean(self, data: object, initial: object = None) -> Sequence[UploadedFile]:
        """Return the files. Raises ValidationError naming each file that is empty or too large."""
        files = [one for one in data if one] if isinstance(data, list | tuple) else ([data] if data else [])
        if not files:
            raise forms.ValidationError("Choose at least one file.")
        problems = list(self._problems(files))
        if problems:
            raise forms.ValidationError(problems)
        return files

    def _problems(self, files: Iterable[UploadedFile]) -> Iterable[str]:
        for file in files:
            if not file.size:
                yield f"{file.name} is empty."
            elif file.size > settings.UPLOAD_MAX_SIZE:
                yield (
                    f"{file.name} has {filesizeformat(file.size)}; at most {filesizeformat(settings.UPLOAD_MAX_SIZE)} "
                    "can be uploaded. Larger files can be imported on the server with import_articles."
                )


class UploadForm(forms.Form):
    """Files to import."""

    files = FilesField(label="Files")
