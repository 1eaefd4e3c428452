"""What pages write around an article, by language.

Phrases are compared folded (see articles.text.normalize), so one spelling will do.

To teach the importer another phrase or language, add it here.
"""

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
écouter l'article | lire plus tard | pour lire la suite | pour en savoir plus | para leer más | para seguir leyendo
"""

# A short line that starts like this speaks to the visitor, or of the page itself.
_OPENINGS = """
follow us on | follow us at | find us on | like us on | subscribe to our | subscribe to the | sign up for our
sign up to our | sign up for the | get our newsletter | join our telegram | join us on | join our channel
join our whatsapp
download our app | copyright © | © | all rights reserved | click here to | share this on | read in full
print friendly
article originally reported by | article originally published | this article was originally published
this article first appeared | this story was originally | this article originally appeared | leave a comment
تابعونا على | تابعنا على | اشترك في نشرتنا | اشترك في النشرة | انضم إلى قناتنا
جميع الحقوق محفوظة | اشترك في قناتنا | للاشتراك في نشرتنا | للاشتراك في النشرة | للاشتراك في قناتنا
подписывайтесь на | подпишитесь на | следите за нами | читайте нас в | все права защищены
присоединяйтесь к нам | наш телеграм-канал
síguenos en | suscríbete a | únete a nuestro | todos los derechos reservados
artículo publicado originalmente | únete a nuestro canal | recibe nuestro boletín
suivez-nous sur | abonnez-vous à
inscrivez-vous à | tous droits réservés | recevez notre | article publié initialement | rejoignez-nous sur
recevez la newsletter
"""

# A line that starts like this and goes on with no more than a name says whence the text or picture came.
_CREDITS = """
originally reported by | originally published by | originally published on | based on materials from
based on materials of | based on reporting by
based on information from | with information from | with inputs from | photo by | photos by | photo courtesy
image courtesy
photograph by | picture by | filed under | posted in
بالاعتماد على | نقلا عن موقع | حقوق النشر
по материалам | по информации сайта | фото из открытых | с использованием материалов
con información de | con informaciones de | publicado originalmente
avec afp | avec reuters | avec les agences | d'après les informations de
"""

# A short line "Photo: …", "المصدر: …", that goes on with a name or a list: who made the picture, whence the text came,
# what it was filed under.
_LABELS = """
photo | photos | photo credit | photo credits | picture | image | image credit | images | file photo | source
sources
credit | credits | via | courtesy | tags | topics | category | categories | keywords | filed under | editor | editing
reporting | translation | crédit photo | crédits photo | crédits photos
illustration | caption | copyright | views | reading time
المصدر | المصادر | مصدر | صورة | الصورة | تصوير | الصور | وسوم | الوسوم | الكلمات المفتاحية | كلمات مفتاحية | ترجمة
تحرير | تصنيف | تصنيفات | عدد المشاهدات | المشاهدات | وقت القراءة
источник | источники | фото | фотография | снимок | иллюстрация | изображение | теги | метки | рубрика | категория
перевод | редактор | время чтения | просмотров | просмотры | ключевые слова
fuente | fuentes | foto | fotos | fotografía | imagen | crédito | créditos | etiquetas | categoría | categorías
traducción | edición | tiempo de lectura | temas
source | sources | crédit photo | crédits photo | crédit | crédits | photo d'archives | mots-clés | étiquettes
catégorie | traduction | légende | temps de lecture | thèmes
"""

# What stands behind these is a list, its entries parted by signs or by nothing.
_LISTS = """
tags | topics | categories | keywords | filed under | وسوم | الوسوم | الكلمات المفتاحية | كلمات مفتاحية | теги | метки
ключевые слова | etiquetas | temas | mots-clés | étiquettes | thèmes
"""

# Whatever stands behind the colon: the page speaks to its visitor.
_VISITOR_LABELS = """
read in full | follow us | share | share this | original article | original source | شارك | поделиться | compartir
partager
"""

# A source that is not named makes the commonest headline of breaking news: "Sources: talks to go on".
_UNNAMED = """
source | sources | مصدر | مصادر | источник | источники | fuente | fuentes
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

# The same as ordinary words: before a colon they open a sentence of the text ("Next: the Security Council") …
_RELATED_WORDS = """
latest | latest news | latest stories | top stories | trending | trending now | popular now | in other news | up next
previous | next | read on
آخر الأخبار | للمزيد | أخبار أخرى | популярное | последние новости | главные новости | другие новости
в тему | это интересно
relacionadas | relacionados | últimas noticias | otras noticias | más noticias | dernières nouvelles | notre sélection
pour aller plus loin
"""

# … or a headline, which has a capital and no full stop.
_RELATED_OR_WORDS = """
related | related topics | related coverage | recommended | recommended reading | further reading
ذات صلة | по теме | рекомендуем | temas relacionados | sur le même sujet | sur le même thème
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


def phrases_of(table: str) -> tuple[str, ...]:
    """Return the phrases of a table, folded, longest first."""
    parts = (fold_text(part) for line in table.splitlines() for part in line.split("|"))
    return tuple(sorted({part for part in parts if part}, key=lambda part: (-len(part), part)))


def words_of(table: str) -> frozenset[str]:
    """Return the words of a table, folded."""
    return frozenset(fold_text(table).split())


ALONE = frozenset(phrases_of(_ALONE))
OPENINGS = phrases_of(_OPENINGS)
CREDITS = phrases_of(_CREDITS)
LABELS = frozenset(phrases_of(_LABELS))
LISTS = frozenset(phrases_of(_LISTS))
VISITOR_LABELS = frozenset(phrases_of(_VISITOR_LABELS))
UNNAMED = frozenset(phrases_of(_UNNAMED))
RELATED = phrases_of(_RELATED)
RELATED_ALONE = frozenset(RELATED)
RELATED_WORDS = frozenset(phrases_of(_RELATED_WORDS))
RELATED_OR_WORDS = frozenset(phrases_of(_RELATED_OR_WORDS))
MORE = phrases_of(_MORE)
MORE_AS_WRITTEN = tuple(
    " ".join(part.split()) for line in _MORE.splitlines() for part in line.split("|") if part.strip()
)
SHARE = words_of(_SHARE)
SHARE_FILLING = words_of(_SHARE_FILLING)
AGENCIES = frozenset(phrases_of(_AGENCIES))
