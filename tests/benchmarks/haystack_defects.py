"""What a SearchQuerySet should do and does not on the stock Whoosh backend; run by haystack_suite on both backends."""

import datetime

from django.test import TestCase
from haystack import connections, indexes
from haystack.query import SearchQuerySet
from haystack.utils.loading import UnifiedIndex
from test_haystack.core.models import MockModel

MOMENT = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=3)))


class NoteIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True, model_attr="foo")
    language = indexes.CharField()
    pub_date = indexes.DateTimeField(model_attr="pub_date")
    tags = indexes.MultiValueField()

    def get_model(self) -> type[MockModel]:
        return MockModel

    def prepare_language(self, note: MockModel) -> str:
        return "ru" if "Турция" in note.foo else "en"

    def prepare_tags(self, note: MockModel) -> list[str]:
        return ["Doha, Qatar", "Gaza"]


class SearchSetTestCase(TestCase):
    """Twenty-five notes, all alike but for their language."""

    def setUp(self) -> None:
        connection = connections["whoosh"]
        self.before = connection._index
        connection._index = UnifiedIndex()
        index = NoteIndex()
        connection._index.build(indexes=[index])
        backend = connection.get_backend()
        backend.setup()
        backend.delete_index()
        notes = [MockModel(id=key, author="a", foo="ministers", pub_date=MOMENT) for key in range(1, 25)]
        backend.update(index, [*notes, MockModel(id=25, author="a", foo="Турция и министры", pub_date=MOMENT)])
        self.every = SearchQuerySet("whoosh")
        self.keys = [result.pk for result in self.every.filter(content="ministers")[0:24]]

    def tearDown(self) -> None:
        connections["whoosh"]._index = self.before

    def test_a_slice_has_its_own_rows(self) -> None:
        self.assertEqual([result.pk for result in self.every.filter(content="ministers")[5:15]], self.keys[5:15])

    def test_the_last_page_repeats_no_row(self) -> None:
        self.assertEqual([result.pk for result in self.every.filter(content="ministers")[20:27]], self.keys[20:])

    def test_a_page_past_the_end_still_knows_how_many_there_are(self) -> None:
        beyond = self.every.filter(content="ministers")
        self.assertEqual(list(beyond[40:50]), [])
        self.assertEqual(beyond.count(), 24)

    def test_moments_are_compared_whatever_their_zones(self) -> None:
        after = MOMENT.astimezone(datetime.UTC) + datetime.timedelta(minutes=30)
        self.assertEqual(self.every.filter(pub_date__lt=after).count(), 25)
        self.assertEqual(self.every.all()[0].pub_date, MOMENT)

    def test_several_values_stay_apart(self) -> None:
        self.assertEqual(self.every.all()[0].tags, ["Doha, Qatar", "Gaza"])

    def test_words_are_found_and_highlighted_in_other_forms_in_every_language(self) -> None:
        passages = [result.highlighted["text"][0] for result in self.every.filter(content="Турцию").highlight()]
        self.assertEqual(len(passages), 1)
        self.assertRegex(passages[0], "<(mark|em)[^>]*>Турция</")

    def test_orders_may_differ_in_direction(self) -> None:
        self.assertEqual(self.every.order_by("-language", "pub_date")[0].pk, "25")
