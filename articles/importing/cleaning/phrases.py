"""What pages write around an article, by language.

Phrases are compared folded (see articles.text.normalize), so one spelling will do.

To teach the importer another phrase or language, add it here.
"""

import re

from articles.text.normalize import fold_text

# A line that says only this is no part of any article.
_ALONE = """
leave a comment | leave a reply | post a comment | add a comment | add comment | write a comment | comments
no comments
no comments yet | be the first to comment | join the conversation | show comments | load comments | view comments
show caption | hide caption | toggle caption | enlarge this image | view gallery | open image in gallery
image caption
print friendly | print friendly and pdf | print this article | printer friendly version | save as pdf | download pdf
read in full | read the full text | read full text | full text | read the full story | continue reading | read more
advertisement | advertising | advertisements | sponsored | sponsored content | article continues below
story continues below | loading | fbpx | skip to content | skip to main content | back to top | go to top | home
menu
search | sign in | log in | login | register | subscribe | subscribe now | newsletter | sign up | share | share this
share this article | share this story | share on social media | save | copy link | link copied | follow us
listen to this article | play audio | click to share | accept all cookies | accept | related | tags | previous article
next article | comments are closed | load more | show more | log in to post | log in to comment | report an error
boost this channel | share with your friends | read on our website | printer friendly | send to a friend | vote now
add to favourites | rss | archive | about us | contact us | imprint | about the author | view all posts
get the app | download the app | watch live | breaking news alerts
اترك تعليقا | أضف تعليقا | اكتب تعليقك | اترك ردا | التعليقات | لا توجد تعليقات | تعليقات | أضف تعليقك | إعلان
إعلانات
شارك | مشاركة | شارك الخبر | شارك المقال | شاركها | طباعة | اطبع | نسخ الرابط | تم نسخ الرابط | حفظ | اشترك
اشترك الآن
النشرة البريدية | تابعنا | الرئيسية | القائمة | بحث | تسجيل الدخول | النص الكامل | اقرأ النص الكامل | إقرأ المزيد
المزيد | التعليقات مغلقة | اقرأ التفاصيل | التفاصيل | عرض المزيد | أرسل لصديق | أرسل إلى صديق | نسخة للطباعة
أضف إلى المفضلة | طباعة المقال | اتصل بنا | من نحن | الصفحة الأولى | استمع إلى المقال | قبول | انتقل إلى المحتوى
оставить комментарий | добавить комментарий | написать комментарий | комментарии | комментариев нет | нет комментариев
обсудить | реклама | на правах рекламы | поделиться | поделиться новостью | поделиться в соцсетях | версия для печати
распечатать | скопировать ссылку | ссылка скопирована | подписаться | подпишитесь | рассылка | главная | меню | поиск
войти | вход | комментарии закрыты | показать еще | загрузить еще | полностью | полностью на сайте | читать на сайте
подробности на сайте | сообщить об ошибке | отправить другу | в избранное | о проекте | контакты | читать полностью
полный текст | читать далее | подробнее | принять | наверх | показать комментарии
deja un comentario | dejar un comentario | deja una respuesta | comentarios | sin comentarios | publicidad | anuncio
compartir | compartir en redes sociales | compártelo | imprimir | versión para imprimir | copiar enlace | suscríbete
suscribirse | boletín | inicio | menú | buscar | iniciar sesión | leer completo | leer más | texto completo
seguir leyendo | comentarios cerrados | los comentarios están cerrados | cargar más | ver más | reportar un error
enviar a un amigo | contacto | quiénes somos | aceptar | saltar al contenido | síguenos
laisser un commentaire | laissez un commentaire | poster un commentaire | commentaires | aucun commentaire
commenter | réagir | publicité | annonce | partager | partager cet article | partagez | imprimer | copier le lien
s'abonner | abonnez-vous | newsletter | infolettre | accueil | menu | rechercher | connexion | se connecter
les commentaires sont fermés | charger plus | voir plus | signaler une erreur | envoyer à un ami | contact
qui sommes-nous | lire la suite | texte intégral | lire le texte intégral | accepter | aller au contenu | suivez-nous
écouter l'article | lire plus tard
"""

# A short line that starts like this is about the page or its makers, not part of the text.
_OPENINGS = """
follow us on | follow us at | find us on | like us on | subscribe to our | subscribe to the | sign up for our
sign up to our | sign up for the | get our newsletter | join our telegram | join us on | join our channel
join our whatsapp
download our app | copyright © | © | all rights reserved | click here to | share this on | read in full
print friendly
article originally reported by | article originally published | originally reported by | originally published by
originally published on | this article was originally published | this article first appeared
this story was originally
this article originally appeared | based on materials from | based on materials of | based on reporting by
based on information from | with information from | with inputs from | photo by | photos by | photo courtesy
image courtesy
photograph by | picture by | filed under | posted in | leave a comment
بالاعتماد على | نقلا عن موقع | تابعونا على | تابعنا على | اشترك في نشرتنا | اشترك في النشرة | انضم إلى قناتنا
حقوق النشر
جميع الحقوق محفوظة | اشترك في قناتنا | للاشتراك في
по материалам | по информации сайта | подписывайтесь на | подпишитесь на | следите за нами | читайте нас в
все права защищены
присоединяйтесь к нам | наш телеграм-канал | фото из открытых | с использованием материалов
con información de | con informaciones de | síguenos en | suscríbete a | únete a nuestro
todos los derechos reservados
artículo publicado originalmente | publicado originalmente | únete a nuestro canal | recibe nuestro boletín
avec afp | avec reuters | avec les agences | d'après les informations de | suivez-nous sur | abonnez-vous à
inscrivez-vous à | tous droits réservés | recevez notre | article publié initialement | rejoignez-nous sur
recevez la newsletter
"""

# A short line "Photo: …", "المصدر: …": who made the picture, whence the text came, what it was filed under.
_LABELS = """
photo | photos | photo credit | photo credits | picture | image | image credit | images | file photo | source
sources
credit | credits | via | courtesy | tags | topics | category | categories | keywords | filed under | editor | editing
reporting | translation | crédit photo | crédits photo | crédits photos
illustration | caption | copyright | views | reading time | read in full | follow us | share
share this | original article | original source
المصدر | المصادر | مصدر | صورة | الصورة | تصوير | الصور | وسوم | الوسوم | الكلمات المفتاحية | كلمات مفتاحية | ترجمة
تحرير | تصنيف | تصنيفات | عدد المشاهدات | المشاهدات | وقت القراءة | شارك
источник | источники | фото | фотография | снимок | иллюстрация | изображение | теги | метки | рубрика | категория
перевод | редактор | время чтения | просмотров | просмотры | поделиться | ключевые слова
fuente | fuentes | foto | fotos | fotografía | imagen | crédito | créditos | etiquetas | categoría | categorías
traducción | edición | tiempo de lectura | compartir | temas
source | sources | crédit photo | crédits photo | crédit | crédits | photo d'archives | mots-clés | étiquettes
catégorie | traduction | légende | temps de lecture | partager | thèmes
"""

# What announces other articles. Alone on a line, or before a colon and another article's headline.
_RELATED = """
read also | also read | see also | read more | read next | read on | related | related stories | related articles
related news | related posts | related content | related topics | related coverage | more stories | more news
more on this story | more on this topic | more like this | you may also like | you might also like | you may like
you may also be interested in | you might be interested in | recommended | recommended for you | recommended stories
recommended reading | don't miss | do not miss | top stories | latest news | latest stories | latest | most read
most popular | most viewed | trending | trending now | popular now | in other news | further reading
what to read next
up next | previous | next | previous post | next post | editor's choice | editors' choice | editor's picks
editors' picks | more from this section | also on this site | watch also | other news
اقرأ أيضا | إقرأ أيضا | اقرا ايضا | اقرأ المزيد | اقرأوا أيضا | اقرأ كذلك | اقرؤوا أيضا | مواضيع ذات صلة
مواد ذات صلة | موضوعات ذات صلة
أخبار ذات صلة | مقالات ذات صلة | ذات صلة | مواضيع متعلقة | أخبار متعلقة | مقالات مشابهة | قد يهمك أيضا | قد يهمك
قد يعجبك أيضا | شاهد أيضا | طالع أيضا | تابع أيضا | انظر أيضا | الأكثر قراءة | الأكثر مشاهدة | آخر الأخبار
المزيد من الأخبار | اختيارات المحرر | الخبر السابق | الخبر التالي | للمزيد | إقرأ المزيد | أخبار أخرى
читайте также | читать также | смотрите также | см. также | по теме | материалы по теме | новости по теме
еще по теме
похожие новости | похожие статьи | похожие материалы | другие новости | другие материалы | популярное | самое читаемое
рекомендуем | рекомендуем прочитать | вам может быть интересно | вам будет интересно | читайте еще | главные новости
выбор редакции | предыдущая новость | следующая новость | последние новости | лента новостей | связанные новости
в тему | это интересно
lea también | lee también | leer también | lea además | también te puede interesar | te puede interesar
le puede interesar | también le puede interesar | puede interesarle | te puede gustar | noticias relacionadas
artículos relacionados | contenido relacionado | temas relacionados | notas relacionadas | relacionadas | relacionados
más noticias | otras noticias | ver también | vea también | mira también | te recomendamos | lo más leído
lo más visto
selección del editor | noticia anterior | noticia siguiente | últimas noticias | no te pierdas | sigue leyendo
más sobre este tema
à lire aussi | lire aussi | à lire également | lire également | lisez aussi | voir aussi | à voir aussi
sur le même sujet | sur le même thème | articles liés | articles similaires | articles connexes | articles associés
vous aimerez aussi | vous aimerez également | dans la même rubrique | dans la même catégorie | les plus lus
le plus lu | ces articles pourraient vous intéresser | cela peut vous intéresser | dernières nouvelles
nos derniers articles
choix de la rédaction | article précédent | article suivant | à ne pas manquer | autres articles | notre sélection
pour aller plus loin
"""

# A teaser of another article ends in this; a line with several of them is a ticker.
_MORE = """
read more | continue reading | اقرأ المزيد | إقرأ المزيد | читать далее | читать дальше | подробнее | leer más
seguir leyendo | lire la suite | en savoir plus
"""

# Words of a bar that shares, prints or saves a page. A line made only of them (and numbers) is such a bar.
_SHARE = """
share tweet pin email e-mail print pdf facebook twitter x whatsapp telegram linkedin pinterest reddit messenger viber
vk vkontakte ok odnoklassniki skype tumblr flipboard pocket instagram youtube tiktok wechat weibo line bluesky threads
mastodon copy link save like subscribe rss google news friendly
شارك مشاركة حفظ فيسبوك فايسبوك تويتر إكس واتساب واتس آب تلغرام تيليجرام تليجرام لينكدإن لينكد إن إيميل بريد إلكتروني
البريد
الإلكتروني طباعة نسخ الرابط ماسنجر انستغرام يوتيوب
поделиться сохранить вконтакте одноклассники телеграм фейсбук твиттер вотсап ватсап вайбер почта печать распечатать
ссылка
скопировать ютуб дзен max рутуб
compartir imprimir correo enlace copiar guardar partager imprimer courriel mail lien copier tweeter enregistrer
"""
_SHARE_FILLING = (
    "on this via by and to the in a of article story page en este esta por sur cet par в на эту على عبر هذا الخبر"
)

# A paragraph that speaks to the visitor in the page's own name. Two of one group, and it is the page that speaks.
NOTICES = {
    "comments": """
        your comment | comments should | comment system | comment policy | comments are moderated | all comments
        commenting | personal attacks | abusive | report spam | encourage all readers | our readers
        community guidelines
        by posting | be respectful | lively but civil | foul language | required fields are marked
        email address will not
        تعليقك | التعليقات | سياسة التعليق | لن يتم نشر عنوان بريدك | الحقول الإلزامية | تعبر عن رأي أصحابها
        ваш комментарий | комментарии модерируются | правила комментирования | обязательные поля
        адрес email не будет
        нецензурн | мнение редакции может не совпадать | комментарий будет
        tu comentario | los comentarios | normas de participación | tu dirección de correo | campos obligatorios
        votre commentaire | les commentaires | votre adresse e-mail ne sera pas | champs obligatoires
        charte de modération
    """,
    "cookies": """
        we use cookies | uses cookies | our cookies | this website | this site | you accept | you agree | you consent
        our privacy policy | cookie policy | privacy policy | your experience | your browser | cookie settings
        ملفات تعريف الارتباط | سياسة الخصوصية | تجربتك | بالموافقة | موقعنا | الكوكيز
        файлы cookie | использует cookie | используем cookie | политика конфиденциальности | вы соглашаетесь
        политикой конфиденциальности | нашем сайте | вы даете согласие
        utilizamos cookies | usamos cookies | política de privacidad | política de cookies | tu experiencia
        su experiencia
        este sitio | aceptas | nous utilisons des cookies | politique de confidentialité | votre expérience | ce site
        vous acceptez | en continuant
    """,
    "newsletter": """
        our newsletter | your inbox | sign up | subscribe | your email | free newsletter | daily briefing
        unsubscribe
        straight to your | نشرتنا | بريدك | اشترك | النشرة الإخبارية | подпишитесь | подписывайтесь | нашу рассылку
        наш канал | на почту | нашем telegram | suscríbete | nuestro boletín | tu correo | tu bandeja
        abonnez-vous | notre newsletter | inscrivez-vous | votre boîte | votre e-mail | désabonner
    """,
    "support": """
        donate | donation | bank transfer | run by volunteers | support our | support us | become a member
        your support
        تبرع | ادعمونا | دعمكم | поддержите нас | пожертвован | ваша поддержка | реквизиты
        haz una donación | apóyanos | hazte socio | tu apoyo | faites un don | soutenez-nous | votre soutien
    """,
    "doors": """
        enable javascript | javascript is disabled | enable cookies | you are human | not a robot
        checking your browser | security check | ddos protection | access denied | permission to access
        ray id | before you continue | verify you are | unusual traffic | turn on javascript | javascript and cookies
        تفعيل جافا | لست روبوت | التحقق من المتصفح | включите javascript | вы не робот | проверка браузера
        доступ ограничен | доступ запрещен | habilita javascript | activa javascript | no eres un robot
        verificando tu navegador | acceso denegado | activer javascript | activez javascript | pas un robot
        vérification de votre navigateur | accès refusé
    """,
}

# News agencies, as they sign pictures and stand in datelines.
_AGENCIES = """
afp | ap | reuters | epa | epa-efe | efe | dpa | ansa | tass | itar-tass | ria novosti | ria | sputnik | interfax
xinhua
anadolu | aa | getty | getty images | sana | wam | qna | kuna | petra | spa | irna | isna | mna | tasnim | upi | pti
ani
yonhap | kyodo | bernama | antara | bbc | cnn | al jazeera | agencies | afp photo | afp via getty images
shutterstock
telesur | prensa latina | avn | belga | apa | ukrinform | unian | belta | trend | azertac | wafa | map | aps | tap
mena
redacción | rédaction | newsroom | staff | afp/getty images | reuters/file | ap photo | handout | file
سانا | وام | قنا | كونا | بترا | واس | وكالات | رويترز | أ ف ب | أف ب | ا ف ب | د ب أ | الأناضول | سبوتنيك | تاس
التحرير | هيئة التحرير | إرنا | وفا
أ ش أ | نوفوستي | شينخوا | وكالة الأنباء | بنا | العمانية
тасс | риа новости | интерфакс | рейтер | афп | синьхуа | белта | регнум | спутник | укринформ | агентства | редакция
"""


def _phrases(table: str) -> tuple[str, ...]:
    """Return the phrases of a table, folded, longest first."""
    parts = (fold_text(part) for line in table.splitlines() for part in line.split("|"))
    return tuple(sorted({part for part in parts if part}, key=lambda part: (-len(part), part)))


def _words(table: str) -> frozenset[str]:
    return frozenset(fold_text(table).split())


ALONE = frozenset(_phrases(_ALONE))
OPENINGS = _phrases(_OPENINGS)
LABELS = frozenset(_phrases(_LABELS))
RELATED = _phrases(_RELATED)
RELATED_ALONE = frozenset(RELATED)
MORE = _phrases(_MORE)
SHARE = _words(_SHARE)
SHARE_FILLING = _words(_SHARE_FILLING)
AGENCIES = frozenset(_phrases(_AGENCIES))


def _by_script(tables: dict[str, str]) -> dict[str, list[tuple[str, ...]]]:
    """Return the phrases of each group by their script: most lines have letters of one only."""
    scripts: dict[str, list[tuple[str, ...]]] = {}
    for script, letters in SCRIPTS.items():
        groups = (tuple(phrase for phrase in _phrases(table) if letters.search(phrase)) for table in tables.values())
        scripts[script] = [group for group in groups if len(group) > 1]
    return scripts


SCRIPTS = {"latin": re.compile("[a-z]"), "arabic": re.compile("[ء-ي]"), "cyrillic": re.compile("[а-я]")}
NOTICE_PHRASES = _by_script(NOTICES)
