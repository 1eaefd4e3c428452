"""What belongs to an article and what stands around it. All sentences are made up."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.cleaning import clean, clean_characters, paragraphs_of, pasted, read_pasted
from articles.importing.cleaning.lines import is_dateline, is_sentence, is_signed_caption, kind_of
from articles.importing.cleaning.repeats import tandems, without_repeats
from articles.importing.readers.pasted import read
from articles.importing.records import ArticleRecord, ImportFile
from articles.importing.titles import made_title

FIRST = (
    "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for three hours."
)
SECOND = (
    "They agreed to meet again before the end of the year, and to send experts to each other's ports in the meantime."
)
FOREIGN = (
    "In other places a football club won a cup after many years, and its supporters danced in the streets until dawn."
)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Leave a Comment", "comments"),
        ("Comments (31)   Most liked   Newest", "comments"),
        ("Print Friendly and PDF", "noise"),
        ("fbpx", "noise"),
        ("Share on Facebook Tweet WhatsApp 12", "noise"),
        ("Поделиться ВКонтакте Телеграм", "noise"),
        ("📄 Read in full", "noise"),
        ("Photo: Harbour Press", "noise"),
        ("Based on materials from the Harbour Wire", "noise"),
        ("المصدر: وكالة الميناء", "noise"),
        ("Источник: Портовый вестник", "noise"),
        ("Fuente: Agencia del Puerto", "noise"),
        ("Home > World > Asia", "noise"),
        ("World | Politics | Sport", "noise"),
        ("4 min read", "noise"),
        ("@harbour_wire", "noise"),
        ("We use cookies on this website. By going on you accept our cookie policy.", "noise"),
        ("Sign up for our newsletter, straight to your inbox.", "noise"),
        ("Club wins cupRead more Bridge opensRead more Film starts", "ticker"),
        ("Club wins the cup at last… Read more", "ticker"),
        ("إقرأ أيضاً:", "related"),
        ("Читайте также", "related"),
        ("También te puede interesar:", "related"),
        ("À lire aussi", "related"),
        ("Related stories", "related"),
        ("Read also: Club wins the cup", "related headline"),
        ("show caption", "caption mark"),
        ("Read the treaty before you speak about it", "text"),
        ("The source of the river lies in the mountains", "text"),
        ("Photographs of the talks were shown", "text"),
        ("Share prices fell on Monday", "text"),
        ("Comments by the minister drew laughter", "text"),
        ("По теме урегулирования стороны обменялись мнениями", "text"),
        ("Energy", "text"),
        ("<…>", "text"),
        (FIRST, "text"),
        # "read more" as an ordinary word, and as links write it
        ("Министр пообещал, что завтра расскажет об этом подробнее.", "text"),
        ("Министр расскажет об этом подробнее", "text"),
        ("Министр расскажет поподробнее", "text"),
        ("Подробнее о встрече министр расскажет позже, еще подробнее — завтра", "text"),
        ("Les journalistes n'ont pas pu en savoir plus.", "text"),
        ("Los vecinos quieren seguir leyendo.", "text"),
        ("Los vecinos quieren seguir leyendo", "text"),
        ("Children Should Read More", "text"),
        ("قال الوزير إن على الناس أن يقولوا لأطفالهم: اقرأ المزيد.", "text"),
        (f"{FIRST} Read more:", "text"),
        ("Club wins the cup READ MORE", "ticker"),
        ("Клуб выиграл кубок Подробнее", "ticker"),
        ("El puerto abre… Leer más", "ticker"),
        ("الميناء يفتح أبوابه اقرأ المزيد", "ticker"),
        ("Un club gagne la coupeLire la suite Un pont ouvreLire la suite", "ticker"),
        # credits, and clauses that begin like them
        ("По материалам следствия, он был задержан в Каире.", "text"),
        ("Based on information from the embassy, twenty citizens were evacuated.", "text"),
        ("With information from three capitals the mediators went back to Doha", "text"),
        ("Con información de los vecinos, la policía encontró el barco.", "text"),
        ("Avec les agences de l'ONU, le ministre a visité le port.", "text"),
        ("بالاعتماد على هذه المبادئ، قال الوزير إن المحادثات ستستمر.", "text"),
        ("نقلا عن موقع الميناء، قالت الوزارة إنها لن تشارك.", "text"),
        ("للاشتراك في المؤتمر وصل الوزير إلى القاهرة", "text"),
        ("По материалам ТАСС", "noise"),
        ("По материалам Портового вестника.", "noise"),
        ("Con información de EFE y AFP", "noise"),
        ("Avec AFP", "noise"),
        ("بالاعتماد على وكالة الميناء", "noise"),
        ("Follow us on our channel, where the minister said more.", "noise"),
        ("© Harbour Press. It is not allowed to copy this text.", "noise"),
        # labels
        ("Sources: two diplomats said Iran had rejected the proposal.", "text"),
        ("Fuentes: diplomáticos de dos países dicen que Irán rechazó la propuesta", "text"),
        ("Sources : deux diplomates ont dit que l'accord est proche", "text"),
        ("Источники: стороны готовы продолжить переговоры в Каире", "text"),
        ("مصادر: إيران لا تريد الحرب", "text"),
        ("مصدر: إيران ترفض المقترح الجديد", "text"),
        ("Editor: And the price?", "text"),
        ("Editor: Thank you.", "text"),
        ("Редактор: Спасибо, мы продолжим.", "text"),
        ("Source: Israel close to accepting the truce proposal", "text"),
        ("Photo: Russian Foreign Ministry", "noise"),
        ("Photo: Harbour Press.", "noise"),
        ("Источник: Портвести.", "noise"),
        ("Editor: Certainly.", "text"),
        ("Share: the harbour company sold a quarter of its shares.", "text"),
        ("Credit: the bank gave the harbour two million", "text"),
        ("Read in full: https://harbour.example/talks", "noise"),
        ("Tags: harbour press grain wheat talks More", "noise"),
        ("En savoir plus", "noise"),
        ("Фото: пресс-служба МИД России", "noise"),
        ("Источник: Министерство иностранных дел Японии", "noise"),
        ("Fuente: Ministerio de Relaciones Exteriores de Cuba", "noise"),
        ("Crédit photo : ministère de la Mer", "noise"),
        ("Tags: gaza, un, ceasefire", "noise"),
        ("المصدر: الوكالة العربية السورية للأنباء", "noise"),
        ("مصدر: رويترز", "noise"),
        ("Source: https://harbour.example/2024/05/talks", "noise"),
        ("Editor: John Doe", "noise"),
        # labels over other articles, and ordinary words before a colon
        ("Next: the Security Council", "text"),
        ("Latest: The minister has left Cairo", "text"),
        ("Recommended: that all parties cease fire.", "text"),
        ("Related: the price of grain went up as well", "text"),
        ("In other news: the bridge will open in May.", "text"),
        ("للمزيد: ستعلن الوزارة تفاصيل المحادثات غدا", "text"),
        ("Главные новости: министр прибыл в Каир", "text"),
        ("Последние новости: министр прибыл в Каир", "text"),
        ("Related: Club wins the cup", "related headline"),
        ("По теме: Клуб выиграл кубок страны", "related headline"),
        ("Читайте также: Клуб выиграл кубок", "related headline"),
        ("إقرأ أيضاً: النادي يفوز بالكأس", "related headline"),
        ("للمزيد: https://harbour.example/cup", "related headline"),
        ("Previous: Club wins cup | Next: Bridge opens", "related headline"),
    ],
)
def test_a_line_is_known_for_what_it_is(line: str, kind: str) -> None:
    assert kind_of(line) == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "Tokyo will donate ten ambulances to the hospital; a further donation of medicine is to follow in the spring.",
        "Donors were asked to support us in building the port, and every donation counts for the city, the mayor said.",
        "Countries that subscribe to the declaration will sign up to yearly reports on what they have done about it.",
        "Access denied to inspectors: the IAEA said it needs permission to access the site before the end of May.",
        "The minister rejected the abusive personal attacks.",
        "All comments by the minister are abusive, our readers were told by the embassy in a letter to the editor.",
        "The embassy said that this site is for all, and that you agree to its rules: your experience.",
        "دعمكم مهم لنا، قال الوزير للمانحين، وكل تبرع يصل إلى أهل المدينة قبل الشتاء.",
        "اشترك الوزير في الاجتماع وعرض النشرة الإخبارية التي تصدرها الوزارة.",
        "«Поддержите нас, ваша поддержка важна», — сказал мэр и поблагодарил за пожертвования жителей города.",
        "Подпишитесь под договором, сказал министр, наш канал связи открыт для всех сторон без условий.",
        "Los comentarios del ministro y tu comentario no ayudan, respondió el embajador en una carta publicada ayer.",
        "Les commentaires du ministre et votre commentaire ne sont pas utiles, a dit l'ambassadeur dans une lettre.",
        "Soutenez-nous, votre soutien compte, a dit le maire aux donateurs réunis dans la salle du conseil.",
        "QUESTION: I would like your comment on this. Are all comments by the envoy personal attacks?",
        f"{FIRST} {SECOND} Он обещал рассказать подробнее. Позже он стал говорить подробнее.",
    ],
)
def test_ordinary_words_make_no_notice(sentence: str) -> None:
    assert kind_of(sentence) == "text"


@pytest.mark.parametrize(
    "notice",
    [
        "Your email address will not be published. Required fields are marked *",
        "Enable JavaScript and cookies to continue",
        "Access denied. You don't have permission to access this server.",
        "Please donate now: your support keeps this site alive.",
        "Subscribe to our daily letter and get it straight to your inbox.",
        "Подпишитесь на нашу рассылку и получайте новости на почту.",
        "Мы используем файлы cookie. Оставаясь на сайте, вы соглашаетесь с этим.",
        "Utilizamos cookies para mejorar tu experiencia en este sitio.",
        "Nous utilisons des cookies pour améliorer votre expérience.",
        "نستخدم ملفات تعريف الارتباط لتحسين تجربتك على موقعنا.",
    ],
)
def test_a_page_that_speaks_to_its_visitors_is_a_notice(notice: str) -> None:
    assert kind_of(notice) == "noise"


@pytest.mark.parametrize(
    "headline",
    [
        "Source: Israel close to accepting the truce proposal",
        "Sources: Hamas accepts truce",
        "Источник: Анкара готова",
        "مصدر: إيران لا تريد الحرب",
        "Fuentes: Irán acepta",
    ],
)
def test_a_source_without_a_name_over_a_text_is_its_headline(headline: str) -> None:
    assert clean([headline, FIRST, SECOND]) == [headline, FIRST, SECOND]
    pasted = read_pasted(f"{headline}\nBy Ana Ruiz\n{FIRST}\n{SECOND}")
    assert (pasted.title, pasted.byline, pasted.paragraphs) == (headline, "Ana Ruiz", [FIRST, SECOND])


def test_a_source_over_a_headline_or_below_a_title_is_a_credit() -> None:
    assert clean(["Источник: Портовый вестник", "Министры встретились", FIRST]) == ["Министры встретились", FIRST]
    assert clean(["Источник: Портовый вестник", FIRST], title="Министры встретились") == [FIRST]
    assert clean([FIRST, "Источник: Портовый вестник", SECOND]) == [FIRST, SECOND]
    assert clean(["Источник: Анкара готова", "Он сказал это."]) == ["Источник: Анкара готова", "Он сказал это."]


@pytest.mark.parametrize("credit", ["Source: Harbour Wire", "المصدر: وكالة الميناء", "Источник: ТАСС"])
def test_a_source_with_a_name_over_a_text_is_a_credit(credit: str) -> None:
    assert clean([credit, FIRST, SECOND]) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "label",
    ["Read also:", "إقرأ أيضاً:", "Читайте также:", "También te puede interesar", "À lire aussi :", "Related stories"],
)
def test_behind_read_also_a_pasted_text_ends(label: str) -> None:
    assert clean([FIRST, SECOND, label, "Club wins cup", FOREIGN], to_the_end=True) == [FIRST, SECOND]


def test_how_much_was_cut_behind_read_also_is_told() -> None:
    pasted = read_pasted(f"Ministers meet\n{FIRST}\n{SECOND}\nRead also:\nClub wins cup\n{FOREIGN}\nShare")
    assert pasted.paragraphs == [FIRST, SECOND]
    assert (pasted.left_out_behind, pasted.left_out) == ("Read also:", 2)
    (record,) = read(ImportFile("a.txt", f"{FIRST}\n{SECOND}\nЧитайте также:\nКлуб\n{FOREIGN}".encode()))
    assert isinstance(record, ArticleRecord)
    assert record.warnings == ("Left out behind “Читайте также”: 2 paragraphs; the original is kept.",)
    (record,) = read(ImportFile("a.txt", f"{FIRST}\n{SECOND}\nComments\nWell said".encode()))
    assert isinstance(record, ArticleRecord)
    assert record.warnings == ("Left out behind “Comments”: 1 paragraph; the original is kept.",)
    (record,) = read(ImportFile("a.txt", f"{FIRST}\n{SECOND}\nShare".encode()))
    assert isinstance(record, ArticleRecord)
    assert record.warnings == ()


THIRD = (
    "The minister of trade added that the harbour would be open to the grain of all countries from the spring onwards."
)
FOURTH = "Both ministers said that the experts had begun their work in the capital, and that oil was no part of it."


def test_a_text_goes_on_behind_a_read_also_in_its_middle() -> None:
    whole = [FIRST, SECOND, "Read also:", "Club wins cup", THIRD, FOURTH]
    assert clean(whole, to_the_end=True) == [FIRST, SECOND, THIRD, FOURTH]


@pytest.mark.parametrize(
    "paragraphs",
    [
        # the sentences tell what the headline announced
        [FIRST, SECOND, "Read also:", "Harbour opens to grain in spring", THIRD, FOURTH],
        # a credit closed the text
        [FIRST, SECOND, "Source: Harbour Wire", "Read also:", "Club wins cup", THIRD, FOURTH],
        # teasers
        [FIRST, SECOND, "Read also:", "Club wins cup", THIRD, "Bridge opens", FOURTH],
        # no word of the text
        [FIRST, SECOND, "Read also:", "Bridge opens", FOREIGN, FOREIGN.replace("club", "team")],
        [FIRST, SECOND, "Comments", "Club wins cup", THIRD, FOURTH],
    ],
)
def test_where_it_is_not_plain_that_a_text_goes_on_it_is_cut(paragraphs: list[str]) -> None:
    assert clean(paragraphs, to_the_end=True) == [FIRST, SECOND]


def test_read_also_inside_a_page_loses_only_its_headlines() -> None:
    assert clean([FIRST, "Read also:", "Club wins cup", "Bridge opens", SECOND]) == [FIRST, SECOND]
    assert clean([FIRST, "Read also: Club wins cup", SECOND]) == [FIRST, SECOND]


def test_read_also_above_the_text_cuts_nothing_below() -> None:
    assert clean(["Read also:", "Club wins cup", FIRST, SECOND], to_the_end=True) == [FIRST, SECOND]


def test_a_text_that_is_nothing_but_boilerplate_is_kept() -> None:
    assert clean(["Photo: Harbour Press"]) == ["Photo: Harbour Press"]


def test_a_long_passage_stands_once_and_short_lines_may_repeat() -> None:
    long = f"{FIRST} {SECOND}"
    assert without_repeats([long, "Question:", FOREIGN, "Question:", long]) == [long, "Question:", FOREIGN, "Question:"]
    assert without_repeats([FIRST, SECOND, FOREIGN, FIRST, SECOND]) == [FIRST, SECOND, FOREIGN]
    assert without_repeats([FIRST, FIRST, SECOND]) == [FIRST, SECOND]
    assert without_repeats(["Energy", FIRST, SECOND, "Energy", FIRST, SECOND]) == ["Energy", FIRST, SECOND]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [
            "QUESTION: Will they meet?",
            "MR MILLER: I am not going to comment on that, as I have said before in this room.",
            "QUESTION: Will they meet in Cairo?",
            "MR MILLER: I am not going to comment on that, as I have said before in this room.",
        ],
        [
            "Вопрос:",
            "Я не буду это комментировать, как уже сказал вам в этом зале сегодня утром.",
            "Вопрос:",
            "Я не буду это комментировать, как уже сказал вам в этом зале сегодня утром.",
            "Спасибо.",
            "Я не буду это комментировать, как уже сказал вам в этом зале сегодня утром.",
        ][2:],
        [f"MR MILLER: {FIRST} {SECOND}", "QUESTION: Say it again?", f"MR MILLER: {FIRST} {SECOND}"],
        [FIRST, SECOND, FIRST],
        [*["MR MILLER: I am not going to comment on that, as I have said before in this room."] * 5],
    ],
)
def test_what_is_said_again_stays(paragraphs: list[str]) -> None:
    assert without_repeats(paragraphs) == paragraphs


def test_repeats_of_a_long_list_are_found_in_time() -> None:
    line = "MR MILLER: I am not going to comment on that, as I have said before in this room."
    started = time.process_time()
    without_repeats([line] * 20_000)
    without_repeats([line, FIRST, "Yes."] * 10_000)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("МОСКВА, 25 июля.\nМинистры встретились.", "Министры встретились"),
        ("МОСКВА, 25 июля. /ТАСС/. Министры встретились. Они", "Министры встретились"),
        ("МОСКВА, 13 мая — РИА Новости. Министры встретились.", "Министры встретились"),
        ("CAIRO, July 24 (Wire) —\n\nMinisters met.", "Ministers met"),
        ("CAIRO, July 24, 2022 (Wire) — Ministers talked. They", "Ministers talked"),
        ("Caracas - AFP\n\nMinisters met.", "Ministers met"),
        ("La Habana, 25 jul (EFE).- El canciller llegó. Y", "El canciller llegó"),
        ("PARIS, 25 juillet (AFP) — Le ministre est là.", "Le ministre est là"),
        ("القاهرة، 24 يوليو (وكالة) — اجتمع الوزيران.", "اجتمع الوزيران"),
        ("On Monday, 5 May, the ministers met.", "On Monday, 5 May, the ministers met"),
        ("Встреча прошла в среду, 25 июля. Она", "Встреча прошла в среду, 25 июля"),
        ("Лавров прибыл 25 июля. Он", "Лавров прибыл 25 июля"),
        ("МОСКВА, 25 июля.", "МОСКВА, 25 июля"),
    ],
)
def test_a_dateline_is_no_title(body: str, title: str) -> None:
    assert made_title(body) == title


def test_a_passage_right_behind_itself_is_found_whole() -> None:
    assert tandems(["a", "b", "a", "b", "c"])[0] == 2
    assert tandems(["a", "a", "b", "a", "a", "b"])[0] == 3
    assert tandems(["a", "b", "c"])[0] == 0


def test_captions_and_datelines_above_the_text_go() -> None:
    caption = "The minister at the harbour on Friday./AFP"
    assert is_signed_caption(caption)
    assert is_dateline("Caracas - AFP")
    assert clean([caption, "Caracas - AFP", FIRST, SECOND]) == [FIRST, SECOND]
    assert not is_dateline("War - and peace")


def test_a_wrapped_text_is_joined_to_paragraphs() -> None:
    text = (
        "The two ministers met in the capital on Monday and spoke\nabout trade, grain and the price of oil for more\n"
        "than three hours, officials said.\n    They agreed to meet again before the end of the year\n"
        "and to send experts.\n"
    )
    assert paragraphs_of(text) == [
        "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for more "
        "than three hours, officials said.",
        "They agreed to meet again before the end of the year and to send experts.",
    ]


def test_lines_of_any_length_stay_apart_where_nothing_is_wrapped() -> None:
    assert paragraphs_of(f"{FIRST}\nEnergy\n\n{SECOND}") == [FIRST, "Energy", SECOND]


def test_controls_surrogates_and_invisible_marks_go_and_line_ends_are_one() -> None:
    assert clean_characters("a\x00b\ud800c\u200bd\r\ne\u2028f\u0085g\ufeff") == "abcd\ne\nf\ng"
    assert clean_characters("cafe\u0301") == "café"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian spelling
        ("خانه\u200c\u200cها", "خانه\u200cها"),
        ("خانه\u200c ها", "خانه ها"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩🏽\u200d🚀 ❤️\u200d🔥", "👩🏽\u200d🚀 ❤️\u200d🔥"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("mi\u200cnis\u200dter", "minister"),
        ("\u2067وزير\u2069 \u202bالخارجية\u202c\u061c\u200f", "وزير الخارجية"),
        ("so\u00adft\u2060 \ufeffhyphen", "soft hyphen"),
        ("الســلام", "الســلام"),  # the tatweel is stored as it was written
        ("й", "й"),
        ("أ", "أ"),
        ("a" + "\u0301\u0316" * 100_000, None),
        ("🎉" * 100, "🎉" * 100),
    ],
)
def test_marks_that_mean_something_stay_and_others_go(text: str, kept: str | None) -> None:
    cleaned = clean_characters(text)
    assert len(cleaned) < 40 if kept is None else cleaned == kept
    assert clean_characters(cleaned) == cleaned


@given(st.text(max_size=500))
def test_whatever_is_pasted_can_be_stored(text: str) -> None:
    pasted = read_pasted(text)
    assert "\x00" not in "".join(pasted.paragraphs)
    "".join([pasted.title, *pasted.paragraphs]).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Ministers meet\n{FIRST}\n{SECOND}", "Ministers meet"),
        (f"fbpx\nClub winsRead more Bridge opensRead more\nMinisters meet\n{FIRST}", "Ministers meet"),
        (f"{FIRST}\n{SECOND}", ""),
        (FIRST, ""),
        (f"The desk writes:\n{FIRST}", ""),
        (f"هل ينجح الوزيران؟\n{FIRST}", "هل ينجح الوزيران؟"),
    ],
)
def test_the_headline_is_the_first_line_that_reads_like_one(text: str, title: str) -> None:
    assert read_pasted(text).title == title


def test_date_and_byline_leave_the_body() -> None:
    pasted = read_pasted(
        f"Ministers meet\nBy Ana Ruiz\nUpdated: 3 May 2024\nPublished: 2 May 2024, 10:15\n{FIRST}\n{SECOND}"
    )
    assert pasted.byline == "Ana Ruiz"
    assert pasted.date is not None
    assert (pasted.date.when.isoformat(), pasted.date.precision) == ("2024-05-02T10:15:00+00:00", "minute")
    assert pasted.paragraphs == [FIRST, SECOND]


ENTRIES = ("22 July 2022", FIRST, "1 August 2022", SECOND, "17 July 2023", FOREIGN)


def test_the_dates_of_a_chronology_stay_and_date_nothing() -> None:
    pasted = read_pasted("\n".join(["Timeline: the grain deal", *ENTRIES]))
    assert (pasted.date, pasted.paragraphs) == (None, list(ENTRIES))
    backwards = [each for index in (4, 2, 0) for each in ENTRIES[index : index + 2]]
    pasted = read_pasted("\n".join(["Timeline: the grain deal", *backwards]))
    assert (pasted.date, pasted.paragraphs) == (None, backwards)


@pytest.mark.parametrize("own", ["5 May 2024", "5 May 2022, 10:15", "Published: 5 May 2022", "Cairo, 5 May 2024"])
def test_the_date_above_a_chronology_is_the_articles(own: str) -> None:
    pasted = read_pasted("\n".join(["Timeline: the grain deal", own, THIRD, *ENTRIES]))
    assert pasted.date is not None
    assert (pasted.date.when.month, pasted.date.when.day) == (5, 5)
    assert pasted.paragraphs == [THIRD, *ENTRIES]


def test_two_dates_with_no_text_between_are_the_articles() -> None:
    pasted = read_pasted(f"Ministers meet\n2024-05-05T14:30\n2024-05-06T18:12\n{FIRST}\n{SECOND}\n7 May 2024")
    assert pasted.date is not None
    assert pasted.date.when.day == 5
    assert pasted.paragraphs[:2] == [FIRST, SECOND]


def test_each_line_of_a_long_list_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    def counted(line: str) -> bool:
        nonlocal looks
        looks += 1
        return is_sentence(line)

    monkeypatch.setattr(pasted, "is_sentence", counted)
    lines = [f"Entry {number}" for number in range(2_000)]
    read_pasted("\n".join(["Published: 5 May 2024", *lines]))
    assert looks < 3 * len(lines)
