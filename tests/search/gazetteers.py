"""A small gazetteer as plain values, for tests of names."""

from articles.gazetteer.facts import (
    CountryFacts,
    CountryPattern,
    Gazetteer,
    MinisterFacts,
    TenureFacts,
    TopicFacts,
    TopicPhraseFacts,
)


def country(code: str, name: str, *patterns: tuple[str, str, str]) -> CountryFacts:
    """Return a country with its patterns given as (language, kind, text)."""
    return CountryFacts(code, name, tuple(CountryPattern(*pattern) for pattern in (("en", "name", name), *patterns)))


def minister(slug: str, name: str, home: str, arabic: str = "", cyrillic: str = "") -> MinisterFacts:
    """Return a minister in office since 2020, with one spelling a script."""
    spellings = (("arabic", arabic), ("cyrillic", cyrillic))
    return MinisterFacts(slug, name, "", tuple(pair for pair in spellings if pair[1]), (TenureFacts(home, "2020"),))


SMALL = Gazetteer(
    countries=(
        country(
            "RU", "Russia", ("en", "adjective", "Russian"), ("ru", "name", "Россия"), ("ru", "adjective", "российский")
        ),
        country("IR", "Iran", ("ar", "name", "إيران"), ("ru", "name", "Иран")),
        country("SA", "Saudi Arabia", ("ar", "name", "السعودية"), ("en", "capital", "Riyadh")),
        country("JO", "Jordan", ("ar", "name", "الأردن")),
        country("CD", "Democratic Republic of the Congo", ("en", "name", "Congo")),
        country("CG", "Republic of the Congo", ("en", "name", "Congo")),
        country("TR", "Turkey", ("en", "name", "Türkiye"), ("ru", "name", "Турция")),
    ),
    ministers=(
        minister("sergey-lavrov", "Sergey Lavrov", "RU", "سيرغي لافروف", "Сергей Лавров"),
        minister("ayman-safadi", "Ayman Safadi", "JO", "أيمن الصفدي", "Айман Сафади"),
        minister("hossein-amir-abdollahian", "Hossein Amir-Abdollahian", "IR", "حسين أمير عبد اللهيان"),
        minister("faisal-bin-farhan", "Faisal bin Farhan", "SA", "فيصل بن فرحان", "Фейсал бин Фархан"),
        minister("ivan-petrov", "Ivan Petrov", "RU", "", "Иван Петров"),
        minister("pavel-petrov", "Pavel Petrov", "RU", "", "Павел Петров"),
        minister("omar-jordan", "Omar Jordan", "JO"),
        minister("kang-kyung-wha", "Kang Kyung-wha", "KR"),
        minister("wang-yi", "Wang Yi", "CN", "وانغ يي", "Ван И"),
    ),
    officials=(),
    topics=(
        TopicFacts(
            "gaza", (("en", "Gaza"), ("ar", "غزة"), ("ru", "Газа")), "", (TopicPhraseFacts("en", "Gaza Strip", 3),)
        ),
        TopicFacts("energy", (("en", "Energy"), ("fr", "Énergie"), ("ru", "Энергетика")), "", ()),
    ),
)
