"""Paragraphs in which a page itself speaks to its visitors: comment rules, cookies, newsletters, a closed door.

Ordinary words are no notice, however many stand together ("Donors were asked to support us, every donation counts").
A notice has at least one phrase that only a page says to its visitors, and another of the same matter.
"""

import re
from typing import NamedTuple

from articles.importing.cleaning.phrases import phrases_of
from articles.text.normalize import fold_text

# A longer paragraph says more by chance.
_SHORT = 500
_SCRIPTS = {"latin": re.compile("[a-z]"), "arabic": re.compile("[ء-ي]"), "cyrillic": re.compile("[а-я]")}

# By matter: what only a page says to its visitors, and words that go with it and are ordinary by themselves. Of phrases
# that lie in each other the longest counts; one phrase serves all forms of a word ("donat").
_MATTERS = {
    "comments": (
        """
        comment system | comment policy | comments are moderated | comments should be relevant | report spam
        encourage all readers | encourage our readers | welcomes comments | lively but civil
        required fields are marked | your email address will not | your email will not be published
        please be respectful | commenting guidelines
        post your comment | leave your comment | we reserve the right to remove
        سياسة التعليق | لن يتم نشر عنوان بريدك | الحقول الإلزامية | تعبر عن رأي أصحابها | اكتب تعليقك | أضف تعليقك
        комментарии модерируются | правила комментирования | адрес email не будет | ваш комментарий будет
        мнение редакции может не совпадать | обязательные поля помечены | оставьте комментарий
        normas de participación | tu dirección de correo electrónico no | los campos obligatorios están
        deja tu comentario
        votre adresse e-mail ne sera pas | les champs obligatoires sont | charte de modération
        laissez votre commentaire
        """,
        """
        your comment | comments should | all comments | commenting | personal attack | abusive | our readers
        all readers | community guidelines | by posting | be respectful | stay on topic | foul language | moderat
        تعليقك | التعليقات | نشر التعليق
        ваш комментари | комментари | обязательные поля | нецензурн
        tu comentario | los comentarios | tu dirección de correo | campos obligatorios
        votre commentaire | les commentaires | votre adresse e-mail | champs obligatoires
        """,
    ),
    "cookies": (
        """
        we use cookies | this website uses cookies | this site uses cookies | our cookies | our website uses cookies
        our privacy policy | our cookie policy | cookie settings | improve your experience
        by using this site | by using this website | by continuing to use this | terms of use and privacy policy
        terms of service and privacy policy | privacy policy and terms of | privacy policy cookie policy
        protected by recaptcha
        enhance your experience | manage cookies | accept all cookies | accept cookies
        نستخدم ملفات تعريف الارتباط | يستخدم هذا الموقع ملفات | يستخدم موقعنا | نستخدم الكوكيز | لتحسين تجربتك
        تحسين تجربتك | سياسة الخصوصية الخاصة بنا | باستخدام هذا الموقع
        мы используем файлы cookie | мы используем cookie | используем cookie | используем файлы cookie
        сайт использует cookie | сайт использует файлы cookie | продолжая использовать сайт
        продолжая пользоваться | оставаясь на сайте | нашей политикой конфиденциальности
        utilizamos cookies | usamos cookies | este sitio utiliza cookies | este sitio usa cookies
        mejorar tu experiencia | mejorar su experiencia | nuestra política de privacidad
        nuestra política de cookies
        nous utilisons des cookies | ce site utilise des cookies | améliorer votre expérience
        notre politique de confidentialité | en poursuivant votre navigation
        """,
        """
        cookies | this website | this site | our website | you accept | you agree | you consent | cookie policy
        privacy policy | your experience | your browser | recaptcha | consent to cookies | terms of use
        terms of service | terms & conditions
        ملفات تعريف الارتباط | سياسة الخصوصية | تجربتك | بالموافقة | موقعنا | الكوكيز | هذا الموقع | فإنك توافق
        cookie | файлы cookie | политика конфиденциальности | политикой конфиденциальности | вы соглашаетесь
        нашем сайте | вы даете согласие
        política de privacidad | política de cookies | tu experiencia | su experiencia | este sitio | aceptas
        politique de confidentialité | votre expérience | ce site | vous acceptez | en continuant
        """,
    ),
    "newsletter": (
        """
        our newsletter | our free newsletter | our daily newsletter | your inbox | sign up for our
        sign up to our | subscribe to our | subscribe to this blog | by signing up, you agree
        by signing up you agree | you can unsubscribe
        you may unsubscribe | receive notifications of new posts
        mailing list is powered by
        نشرتنا | بريدك الإلكتروني | اشترك الآن | النشرة البريدية
        нашу рассылку | нашей рассылк | наш telegram | нашем telegram | наш телеграм | подпишитесь на наш
        подписывайтесь на наш
        nuestro boletín | nuestra newsletter | tu bandeja
        notre newsletter | notre infolettre | votre boîte mail | votre boîte de réception | vous désabonner
        """,
        """
        sign up | subscrib | unsubscrib | your email | newsletter | daily briefing | straight to your | at any time
        privacy policy | terms of use | our terms
        بريدك | اشترك | النشرة الإخبارية
        подпишитесь | подписывайтесь | наш канал | на почту | рассылк
        suscríbete | tu correo | boletín
        abonnez-vous | inscrivez-vous | votre boîte | votre e-mail | désabonner | infolettre
        """,
    ),
    "support": (
        """
        donate now | donate today | donate here | donate via | please donate | consider donating | consider supporting
        support our journalism | support our work | support our site | support our website | support our newsroom
        reader-supported | become a supporter | tax-deductible | help us keep
        ادعم موقعنا | ادعم عملنا | تبرع الآن | تبرعوا الآن
        поддержите наш сайт | поддержите наш проект | поддержите нашу редакцию | поддержать наш сайт
        поддержать наш проект | поддержать нашу редакцию | реквизиты для
        haz una donación | hazte socio | apoya nuestro periodismo
        faites un don | soutenez notre journal | soutenez notre rédaction | soutenez notre travail
        """,
        """
        donat | bank transfer | run by volunteers | volunteers | support our | support us | become a member
        your support | our readers
        تبرع | ادعمونا | دعمكم
        поддержите нас | пожертвован | ваша поддержка | вашей поддержк | реквизиты
        apóyanos | tu apoyo | donación
        soutenez-nous | votre soutien | déductible
        """,
    ),
    "doors": (
        """
        enable javascript | javascript is disabled | turn on javascript | javascript and cookies | enable cookies
        your browser needs javascript
        not a robot | checking your browser | ddos protection | ray id | verify you are | verifying you are
        unusual traffic from | you don't have permission to access | you do not have permission to access
        تفعيل جافا | لست روبوت | التحقق من المتصفح
        включите javascript | вы не робот | проверка браузера | проверяем ваш браузер
        habilita javascript | activa javascript | no eres un robot | verificando tu navegador
        activer javascript | activez javascript | pas un robot | vérification de votre navigateur
        """,
        """
        javascript | cookies | you are human | security check | access denied | permission to access | this server
        before you continue | unusual traffic | your browser
        جافا | المتصفح | تم رفض الوصول | المتابعة
        javascript | браузер | доступ ограничен | доступ запрещен | вы человек
        tu navegador | acceso denegado | eres humano
        votre navigateur | accès refusé | êtes humain
        """,
    ),
}


class _Matter(NamedTuple):
    """The phrases of one matter in one script: those of pages only, and all, the longest first."""

    strong: tuple[str, ...]
    all: tuple[str, ...]


def _by_script() -> dict[str, list[_Matter]]:
    """Return the matters by script: most lines have letters of one only."""
    return {
        script: [
            _Matter(
                tuple(phrase for phrase in phrases_of(strong) if letters.search(phrase)),
                tuple(phrase for phrase in phrases_of(f"{strong}|{weak}") if letters.search(phrase)),
            )
            for strong, weak in _MATTERS.values()
        ]
        for script, letters in _SCRIPTS.items()
    }


_PHRASES = _by_script()


def is_notice(line: str) -> bool:
    """Tell a paragraph in which the page itself speaks to its visitors: comment rules, cookies, newsletters."""
    folded = fold_text(line).replace("’", "'")
    wanted = 2 if len(folded) <= _SHORT else 3
    return any(
        _count(matter.all, folded) >= wanted
        for script, letters in _SCRIPTS.items()
        if letters.search(folded)
        for matter in _PHRASES[script]
        if any(phrase in folded for phrase in matter.strong)
    )


def _count(phrases: tuple[str, ...], folded: str) -> int:
    """Return how many phrases stand in a line; one that lies in a longer one is no other."""
    found: list[str] = []
    for phrase in phrases:
        if phrase in folded and not any(phrase in longer for longer in found):
            found.append(phrase)
    return len(found)
