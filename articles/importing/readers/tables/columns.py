"""Which column of a table, or key of an object, means what. To teach the importer another name, add it here.

Names are compared folded: capitals, accents, spaces, underscores, dashes and dots make no difference, so `PublishedAt`
and `published_at` are one name. Of several columns for one thing the first one filled counts, in the order given here.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Literal, get_args

from articles.text.normalize import fold

Field = Literal["body", "title", "summary", "published", "edited", "url", "source", "language", "author", "id"]

# Our own name first, then what others call it, the clearest first. Dates that are sure of their zone go before that.
_NAMES: dict[Field, str] = {
    "body": """body | full text | fulltext | body text | article body | article text | content html | content text
        | content encoded | content | text | article | main text | plain text | story | body html | html | transcript
        | message | post | post content | текст | полный текст | текст статьи | содержание | тело | сообщение | texto
        | texto completo | cuerpo | contenido | mensaje | texte | texte intégral | corps | contenu | النص | نص
        | نص المقال | النص الكامل | المحتوى | محتوى | المقال""",
    "title": """title | headline | head | heading | subject | article title | news title | post title | web title | name
        | название | заголовок | тема | titulo | titular | encabezado | asunto | titre | intitulé | objet | العنوان
        | عنوان | عنوان المقال | الموضوع""",
    "summary": """summary | description | abstract | excerpt | snippet | teaser | lead | lede | standfirst | dek | deck
        | intro | synopsis | trail text | краткое содержание | аннотация | лид | анонс | описание | resumen | extracto
        | entradilla | bajada | descripción | résumé | chapô | chapeau | extrait | الملخص | ملخص | نبذة | الوصف""",
    "published": """date gmt | date utc | published utc | created utc | date | published | published at | published on
        | published date | publish date | publication date
        | date published | pub date | publish time | published time | date publish | article date | post date | posted
        | posted at | web publication date | datetime | date time | timestamp | unix time | date unixtime
        | created at | created | created time | date created | issued | seen date | time | day | дата | дата публикации
        | опубликовано | время | дата и время | fecha | fecha de publicación | publicado | fecha y hora
        | date de publication | publié | publié le | date de parution | التاريخ | تاريخ | تاريخ النشر | وقت النشر""",
    "edited": """modified gmt | modified utc | updated utc | updated | updated at | modified | modified at
        | date modified | date updated | last modified | last updated | edited | edited at
        | дата изменения | обновлено | actualizado
        | fecha de actualización | modificado | mis à jour | date de mise à jour | modifié | تاريخ التحديث
        | آخر تحديث""",
    "url": """url | link | canonical url | canonical | permalink | article url | page url | source url | web url | href
        | uri | address | адрес | ссылка | enlace | vínculo | dirección | lien | adresse | الرابط | رابط""",
    "source": """source | source name | site | site name | publisher | publication | outlet | newspaper | channel
        | channel name | feed | feed title | feed name | media | media name | news agency | agency | provider | website
        | domain | host | источник | издание | сайт | канал | сми | fuente | medio | sitio | canal | periódico | source
        | média | journal | chaîne | المصدر | مصدر | الموقع | القناة | الصحيفة""",
    "language": """lang | language | language code | locale | язык | idioma | lengua | langue | اللغة | لغة""",
    "author": """author | authors | author name | byline | creator | writer | reporter | journalist | dc creator | автор
        | авторы | autor | autora | autores | periodista | auteur | auteure | auteurs | journaliste | الكاتب | كاتب
        | المؤلف | المراسل""",
    "id": """id | guid | uuid | article id | external id | doc id | document id | item id | post id | story id
        | record id | message id | identifier | identificador | identifiant | идентификатор | المعرف | رقم""",
}  # fmt: skip
# Of which a table needs one, and names to tell somebody whose table has none.
TEXTS: tuple[Field, ...] = ("body", "summary")
NAMES_OF_TEXTS = "body, text, full_text, content, article, message, summary"
_LONGEST_NAME = 60
_MOST_COLUMNS = 2000


def _folded(name: str) -> str:
    return "".join(letter for letter in fold(name) if letter.isalnum())


# Folded name: the field, and its place in the field's order. A name given twice keeps its first meaning.
_COLUMNS: dict[str, tuple[Field, int]] = {}
for _field in get_args(Field):
    for _rank, _name in enumerate(_NAMES[_field].split("|")):
        _COLUMNS.setdefault(_folded(_name), (_field, _rank))


def column_of(name: str) -> tuple[Field, int] | None:
    """Return what a column means and how early it counts among the columns of that meaning, None for an unknown one."""
    return _column_of(name) if len(name) <= _LONGEST_NAME else None


@lru_cache(maxsize=4096)
def _column_of(name: str) -> tuple[Field, int] | None:
    return _COLUMNS.get(_folded(name))


def is_utc(name: str) -> bool:
    """Tell a column whose clock times are those of Greenwich (WordPress's `date_gmt` beside the local `date`)."""
    return _folded(name).endswith(("gmt", "utc"))


def has_text(names: Iterable[str]) -> bool:
    """Tell columns of which one holds an article's text, or a summary of it. No table has more than 2,000 columns."""
    columns = map(column_of, islice(names, _MOST_COLUMNS))
    return any(column is not None and column[0] in TEXTS for column in columns)
