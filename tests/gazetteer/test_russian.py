"""Case forms: all six cases of names that dictionaries do not know, and of the words of countries' names."""

import pytest

from articles.gazetteer.russian import name_forms, phrase_forms, singular_forms, word_forms


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Лавров", "Лавров Лаврова Лаврову Лавровым Лаврове"),
        ("Сергей", "Сергей Сергея Сергею Сергеем Сергее"),
        ("Фидан", "Фидан Фидана Фидану Фиданом Фидане"),
        ("Хиль", "Хиль Хиля Хилю Хилем Хиле"),
        ("Сийярто", "Сийярто"),
        ("Бэрбок", "Бэрбок"),
        ("Захарова", "Захарова Захаровой Захарову"),
        ("Кая", "Кая Каи Кае Каю Каей"),
        ("Мария", "Мария Марии Марию Марией"),
        ("Шекерта", "Шекерта Шекерты Шекерте Шекерту Шекертой"),
        ("Чавушоглу", "Чавушоглу"),
        ("Дмитрий", "Дмитрий Дмитрия Дмитрию Дмитрием Дмитрии"),
        ("Лавровский", "Лавровский Лавровского Лавровскому Лавровским Лавровском"),
        ("Павел", "Павел Павла Павлу Павлом Павле"),
        ("Пётр", "Петр Петра Петру Петром Петре"),
        ("Клинкевич", "Клинкевич Клинкевича Клинкевичу Клинкевичем Клинкевиче"),
    ],
)
def test_names_have_all_their_cases(name: str, forms: str) -> None:
    assert {form.lower() for form in forms.split()} <= name_forms(name)


@pytest.mark.parametrize("name", ["Сийярто", "Чавушоглу", "Микати", "Оливейра-э"])
def test_names_that_do_not_decline_have_one_form(name: str) -> None:
    assert name_forms(name) == {name.lower()}


@pytest.mark.parametrize(
    ("word", "form", "belongs"),
    [
        ("Россия", "россией", True),
        ("Мали", "малы", False),
        ("иранский", "иранскими", True),
        ("Кремль", "кремля", True),
        ("США", "сша", True),
        ("США", "сшаа", False),
        ("МИД", "мидом", True),
        ("Вьентьян", "вьентьяне", True),
    ],
)
def test_words_of_countries_have_all_their_cases(word: str, form: str, belongs: bool) -> None:
    assert (form in word_forms(word)) is belongs


def test_offices_in_the_plural_are_no_form_of_the_office() -> None:
    assert "министром" in singular_forms("министр")
    assert "министры" not in singular_forms("министр")


def test_words_of_phrases_are_found_from_any_case() -> None:
    assert {"санкции", "санкциями", "санкций"} <= phrase_forms("санкций")
