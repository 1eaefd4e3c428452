"""Pages that are no article: what a server, a guard or a cashier shows in the place of one, and lists of teasers."""

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

from articles.importing.records import UnreadableFile
from articles.text.normalize import fold_text

# What only a page says that holds no article; alone on a page of few words it is reason enough.
_PHRASES = {
    "It is the check of a browser that stands before the article: save the page behind it.": """
        verifying you are human | verify you are human | checking your browser
        checking if the site connection is secure
        review the security of your connection | ddos protection by | unusual traffic from your | are you a robot
        enable javascript and cookies to continue | تحقق من أنك إنسان | التحقق من المتصفح | проверка браузера
        что вы не робот | проверяем ваш браузер | verificando que eres humano | verificando su navegador
        comprobando tu navegador | vérification de votre navigateur | vérifiez que vous êtes humain
    """,
    "It needs JavaScript to show its text: save the page once its text is shown.": """
        you need to enable javascript | please enable javascript | enable javascript to run | javascript is required
        javascript is disabled | requires javascript | doesn't work properly without javascript
        يرجى تفعيل جافا | يجب تفعيل جافا | включите javascript | необходимо включить javascript
        habilite javascript | habilita javascript | activa javascript | active javascript para
        activer javascript | activez javascript | veuillez activer javascript
    """,
    "It says that the page was not found.": """
        page not found | page you are looking for | page you requested | page you were looking for | 404 not found
        error 404 | page doesn't exist | page does not exist | page no longer exists
        الصفحة غير موجودة | الصفحة المطلوبة غير | لم يتم العثور على الصفحة
        страница не найдена | запрашиваемая страница | ошибка 404 | página no encontrada | página que busca
        página que buscas | no se encontró la página | page introuvable | page non trouvée | page que vous recherchez
        page que vous cherchez | page demandée n'existe
    """,
    "It shows an offer to subscribe, and not the article.": """
        subscribe to unlock | subscribe to continue reading | subscribe to read the full | subscribe to keep reading
        to continue reading this article | this article is for subscribers | this content is for subscribers
        available to subscribers only | already a subscriber? | log in to continue reading | sign in to continue reading
        للمشتركين فقط | اشترك لمتابعة القراءة | اشترك لقراءة | доступно только подписчикам | только для подписчиков
        оформите подписку, чтобы | suscríbete para seguir leyendo | suscríbete para leer
        contenido exclusivo para suscriptores | solo para suscriptores | réservé aux abonnés
        abonnez-vous pour lire | pour lire la suite, abonnez-vous
    """,
}
_TITLES = {
    "It is the check of a browser that stands before the article: save the page behind it.": (
        "just a moment...|just a moment…|один момент…|un momento…|un instant…"
    ),
}
# With more words than this beside the phrase there is perhaps an article.
_FEW_WORDS, _FEW_OTHER_WORDS = 60, 40
_FEW_CHARACTERS = 1000
# A list of teasers: so many headings that are links, each with a few words below it, and next to no other text.
_TEASERS = 5
_TEASER_LENGTH = 400
_SHARE_OF_TEASERS = 0.8


def _folded(table: str) -> list[str]:
    return [folded for line in table.splitlines() for each in line.split("|") if (folded := fold_text(each))]


_FOLDED = {reason: _folded(table) for reason, table in _PHRASES.items()}
_FOLDED_TITLES = {reason: tuple(_folded(table)) for reason, table in _TITLES.items()}


def refuse_message(title: str, paragraphs: list[str]) -> None:
    """Raise UnreadableFile for a page of few words that only says why it shows no article. Longer pages are left."""
    lines = [title, *paragraphs]
    if sum(map(len, lines)) > _FEW_CHARACTERS:
        return
    folded = [fold_text(line.replace("’", "'")) for line in lines]
    if len(" ".join(folded).split()) > _FEW_WORDS:
        return
    for reason, phrases in _FOLDED.items():
        others = [line for line in folded if not any(phrase in line for phrase in phrases)]
        is_said = len(others) < len(folded) or folded[0].startswith(_FOLDED_TITLES.get(reason, ("\n",)))
        if is_said and len(" ".join(others[1:]).split()) <= _FEW_OTHER_WORDS:
            raise UnreadableFile(f"This page holds no article. {reason}")


def refuse_list(soup: BeautifulSoup, paragraphs: list[str]) -> None:
    """Raise UnreadableFile for a front page or a section: headings that are links, each with its few words of text.

    A page that calls itself an article (OpenGraph's `og:type`) is one.
    """
    if soup.find("meta", property="og:type", content="article") is not None:
        return
    teasers = _teasers(soup)
    if len(teasers) < _TEASERS:
        return
    shown = " ".join(" ".join(box.get_text(" ").split()) for box in teasers)
    length = sum(map(len, paragraphs))
    if sum(len(paragraph) for paragraph in paragraphs if paragraph in shown) >= _SHARE_OF_TEASERS * length:
        raise UnreadableFile("This page is a list of other articles (a front page or a section), and no article.")


def _teasers(soup: BeautifulSoup) -> list[Tag]:
    """Return the boxes of a page that hold one heading, which is a link, and a few words."""
    boxes: dict[int, Tag] = {}
    for heading in soup.find_all(["h2", "h3", "h4"], limit=500):
        link = heading.find("a", href=True) or heading.find_parent("a", href=True)
        if not isinstance(link, Tag) or not _is_all(link, heading):
            continue
        box = None
        for parent in heading.parents:
            if parent.name in ("body", "main", "html") or len(parent.find_all(re.compile(r"^h[1-4]$"), limit=2)) > 1:
                break
            box = parent
        if box is not None and len(box.get_text()) <= _TEASER_LENGTH:
            boxes[id(box)] = box
    return list(boxes.values())


def _is_all(link: Tag, heading: Tag) -> bool:
    text = "".join(heading.get_text().split())
    return bool(text) and ("".join(link.get_text().split()) == text or link in heading.parents)
