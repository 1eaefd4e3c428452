import pytest, os
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OUT="/tmp/pictures"; os.makedirs(OUT, exist_ok=True)
BODY = """Russian Foreign Minister Sergey Lavrov met his Egyptian counterpart in Cairo on Tuesday to speak about Gaza. The two sides agreed that a ceasefire in Gaza has to come first.

Lavrov said that Moscow would send grain to Egypt. The minister of foreign affairs of Egypt thanked Russia for it, and both promised to meet again in the autumn in Moscow or in Cairo.

""" + "\n\n".join(f"Paragraph {n} says nothing of importance, only that delegates walked about the city and that the weather was warm. Egypt was named once more." for n in range(8))
AR = """التقى وزير الخارجية الروسي سيرغي لافروف نظيره المصري في القاهرة يوم الثلاثاء لبحث الوضع في غزة.

وقال لافروف إن موسكو سترسل الحبوب إلى مصر. وشكر وزير خارجية مصر روسيا على ذلك."""
def ev(body, words, rule):
    out=[]; i=body.find(words)
    while i>=0:
        out.append(["body",i,i+len(words),rule]); i=body.find(words,i+1)
    return out
def fill(make_article, body, title, lang, rows):
    a = make_article(body, title, date="2024-05-07", language=lang, countries=("EG","RU","PS"), main=("EG",), ministers=("sergey-lavrov","sameh-shoukry"), topics=("gaza","grain"))
    for rel, field, key, e, kw in rows:
        getattr(a, rel).filter(**{field: key}).update(evidence=sorted(e), **kw)
    return a
def test_pictures(transactional_db, index, make_article, open_page):
    a = fill(make_article, BODY, "Lavrov in Cairo for talks on Gaza", "en", [
      ("country_tags","country","EG", ev(BODY,"Egypt","name")+ev(BODY,"Cairo","capital")+[["title",10,15,"capital"]], {}),
      ("country_tags","country","RU", ev(BODY,"Russia","name")[1:]+ev(BODY,"Moscow","capital"), {}),
      ("country_tags","country","PS", ev(BODY,"Gaza","place"), {}),
      ("minister_tags","minister__slug","sergey-lavrov", ev(BODY,"Sergey Lavrov","full-name")+ev(BODY,"Lavrov ","surname")[1:], {}),
      ("minister_tags","minister__slug","sameh-shoukry", ev(BODY,"minister of foreign affairs of Egypt","office"), {"by_role":True}),
      ("topic_tags","topic__slug","gaza", ev(BODY,"ceasefire in Gaza","phrase-3"), {}),
    ])
    b = fill(make_article, AR, "لافروف في القاهرة", "ar", [
      ("country_tags","country","EG", ev(AR,"مصر","name")+ev(AR,"القاهرة","capital"), {}),
      ("country_tags","country","RU", ev(AR,"روسيا","name")+ev(AR,"موسكو","capital"), {}),
      ("minister_tags","minister__slug","sergey-lavrov", ev(AR,"سيرغي لافروف","full-name"), {}),
      ("minister_tags","minister__slug","sameh-shoukry", ev(AR,"وزير خارجية مصر","office"), {"by_role":True}),
      ("topic_tags","topic__slug","gaza", ev(AR,"الوضع في غزة","phrase-2"), {}),
    ])
    def at(path, name, width, scheme, scripts=True, act=None):
        p = open_page(path, width=width, color_scheme=scheme, scripts=scripts, height=800)
        if act: act(p)
        p.wait_for_timeout(700)
        p.screenshot(path=f"{OUT}/{name}.png")
        assert p.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth") if scripts else True
        return p
    def open_eg(p):
        p.locator("li[data-tag=country-EG] summary").click()
    def step(p):
        open_eg(p)
        p.locator("li[data-tag=country-EG] [data-step='1']").click(); p.locator("li[data-tag=country-EG] [data-step='1']").click()
    at(a.get_absolute_url(), "wide", 1280, "light")
    at(a.get_absolute_url(), "wide-hover", 1280, "light", act=lambda p: p.locator("li[data-tag=country-EG] a").first.hover())
    at(a.get_absolute_url(), "wide-step", 1280, "light", act=step)
    at(a.get_absolute_url(), "dark-step", 1280, "dark", act=step)
    at(a.get_absolute_url(), "phone-open", 360, "light", act=open_eg)
    at(a.get_absolute_url(), "phone-step", 360, "dark", act=step)
    at("/ar"+b.get_absolute_url(), "ar-step", 1280, "light", act=step)
    at("/ar"+b.get_absolute_url(), "ar-phone", 360, "dark", act=open_eg)
    at("/ru"+a.get_absolute_url(), "ru-phone", 360, "light", act=step)
    at(a.get_absolute_url(), "noscript", 1280, "light", scripts=False, act=lambda p: (open_eg(p), p.locator("li[data-tag=country-EG] li a").nth(1).click()))
