"""Queries that nobody types, or somebody who means harm: hostile ones by name, and two thousand odd ones."""

import random

HOSTILE = {
    "a star on both sides": "*a*",
    "a range": "[a TO z]",
    "an open range": "[* TO *]",
    "five edits": "a~5",
    "a hundred words between": '"of the"~100',
    "an inner field": "text_exact:truce",
    "everything": "*:*",
    "a word of 50,000 letters": "x" * 50_000,
    "a word of 50,000 letters and a star": "x" * 50_000 + "*",
    "a word of 50,000 letters and a tilde": "x" * 50_000 + "~",
    "a phrase of 50,000 letters": '"' + "x" * 50_000 + '"',
    "10,000 terms": " ".join(f"w{number}" for number in range(10_000)),
    "10,000 alternatives": " OR ".join(f"w{number}" for number in range(10_000)),
    "10,000 stars": "tru* " * 10_000,
    "10,000 parentheses": "(" * 10_000,
    "10,000 parentheses around a word": "(" * 10_000 + "truce" + ")" * 10_000,
    "10,000 negations": "NOT " * 10_000 + "truce",
    "10,000 minus signs": "-" * 10_000 + "truce",
    "999 quotation marks": '"' * 999,
    "10,000 fields": "title:" * 10_000,
    "NUL": "truce\x00oil",
    "nothing but NUL": "\x00",
    "control characters": "".join(map(chr, range(1, 32))) + "truce",
    "marks of direction": "\u202etruce\u202c \u2066oil\u2069 \u200f",
    "marks of direction in a field": "country:\u200eRU\u200e",
    "signs of no width": "tru\u200bce \ufeff \u2060oil",
    "marks on one letter": "e" + "\u0301" * 400,
    "emoji": "👩‍👩‍👧‍👦 🇷🇺 ☮️",
    "the last characters there are": "\U0010ffff\ufffe\uffff",
    "letters that grow when folded": "ﷺ" * 400,
    "a template": "{{ 7*7 }} {% now %} %s %(value)s",
    "a statement": "'; DROP TABLE articles_article; --",
    "a far day": "after:99999999999999 before:0000 after:-1",
}
OPERATORS = ("OR", "AND", "NOT", "-", "+", "or", "not", "&&", "||", "!", "NEAR", "TO", "ANDNOT")
QUOTES = ('"', "“", "”", "«", "»", "„", "'", "’", "`", '""', '"~3', '"~99999999999999999999', '" "')
FIELDS = (
    *(f"{name}:" for name in ("title", "country", "minister", "topic", "source", "lang", "about", "after", "before")),
    *("TITLE:", "text_exact:", "django_id:", "ſource:", "title:title:", "http://", "::", "country:RU", "lang:ar"),
    *("after:2023-10", "before:0001", "after:9999-12-31", "about:gaza", "topic:energy", "minister:petrov"),
)
BRACKETS = ("(", ")", "[", "]", "{", "}", "<", ">", "((", "))", "()", "(-", ")~", ")*", "[a TO z]")
WILDCARDS = (
    "*",
    "~",
    "?",
    "**",
    "~~",
    "*~",
    "~5",
    "^2",
    "%",
    "\\",
    "/",
    "|",
    "tru*",
    "tr*",
    "truse~",
    "لاف*",
    "\u0301*",
)
WORDS = (
    *(
        "truce",
        "gaza",
        "oil",
        "the",
        "of",
        "a",
        "The The",
        "Lavrov",
        "Sergey Lavrov",
        "al-Sabah",
        "U.S.",
        "C++",
        "2023",
    ),
    *("Лаврова", "в", "Турция", "لافروف", "الأردن", "ووزير", "في", "ـ", "وَزِير", "Türkiye", "ıİſß", "外交部長", "สวัสดี"),
    *("नमस्ते", "שלום", "Ελλάδα", "ﷺ", "ﬁ", "Ⅷ", "²", "٣", "x" * 64, "x" * 65, "w" * 600, "a-b-c-d-e-f", "#RussiaASEAN"),
)
EMOJI = ("👩‍👩‍👧‍👦", "🇷🇺", "🇷", "☮️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣")
CONTROLS = (
    "\x00",
    "\x07",
    "\x1b",
    "\x85",
    "\u200b",
    "\u200d",
    "\u202e",
    "\u2066",
    "\u2028",
    "\ufeff",
    "\ud800",
    "\udfff",
)
SPACES = (" ", " ", " ", " ", "  ", "\t", "\n", "\u00a0", "\u3000", "")
KINDS = (OPERATORS, QUOTES, FIELDS, BRACKETS, WILDCARDS, WORDS, WORDS, WORDS, EMOJI, CONTROLS)
NUMBER = 2_000


def fuzzed(chance: random.Random) -> str:
    """Return an odd query: mostly pieces of every kind, now and then letters from all over Unicode."""
    if chance.random() < 0.1:
        return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 25)))
    kinds = chance.sample(KINDS, chance.randint(1, len(KINDS)))
    pieces = (chance.choice(chance.choice(kinds)) for _ in range(chance.randint(1, 8)))
    return "".join(piece + chance.choice(SPACES) for piece in pieces)


def odd_queries() -> list[str]:
    """Return the hostile queries and as many odd ones as make up NUMBER, the same each time."""
    chance = random.Random(1648)
    return [*HOSTILE.values(), *(fuzzed(chance) for _ in range(NUMBER - len(HOSTILE)))]
