"""The files of the Whoosh engine by themselves: arrays, words in order, inverted fields, and what a commit merges."""

import gc
import itertools
import json
import math
import random
import struct
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.search.engines.whoosh.arrays import MAGIC, ArrayFile, DamagedFile, smallest, write_arrays
from articles.search.engines.whoosh.codec import Codec, Segment
from articles.search.engines.whoosh.inverted import Inverted, Inverter, merged
from articles.search.engines.whoosh.lexicon import END, Lexicon
from articles.search.engines.whoosh.merging import LARGEST, MANY, SMALL, TIERS, groups, to_merge

# --- arrays

KINDS = ("u1", "b1", "u2", "u4", "u8", "i4", "i8")
ARRAYS = {
    "bytes": np.arange(11, dtype=np.uint8),
    "flags": np.array([True, False, True]),
    "numbers": np.array([-5, 7, 2**31 - 1, -(2**31)], np.int32),
    "large": np.array([2**64 - 1, 0], np.uint64),
    "none": np.empty(0, np.uint32),
}


def values_of(kind: str, count: int) -> np.ndarray:
    """Return `count` numbers of a type, its least and its greatest among them."""
    if kind == "b1":
        return np.arange(count) % 3 == 0
    limits = np.iinfo(kind)
    numbers = np.linspace(limits.min, limits.max, count, dtype=np.float64).clip(limits.min / 2, limits.max / 2)
    found = numbers.astype(kind)
    found[:1], found[1:2] = limits.min, limits.max
    return found


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A file of ARRAYS."""
    path = tmp_path / "whole"
    write_arrays(path, ARRAYS)
    return path


@pytest.mark.parametrize("count", [0, 1, 2, 7, 1000])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_whole_in_parts_and_mapped(tmp_path: Path, kind: str, count: int) -> None:
    numbers = values_of(kind, count)
    # Something of another size before and behind it: no array may lean on where it lies.
    write_arrays(tmp_path / "a", {"before": np.ones(3, np.uint8), "it": numbers, "behind": np.ones(1, np.uint16)})
    file = ArrayFile(tmp_path / "a")
    assert "it" in file
    assert file.count("it") == count
    assert file.whole("it").dtype == numbers.dtype
    assert file.whole("it").tolist() == numbers.tolist()
    assert file.mapped("it").tolist() == numbers.tolist()
    for start, stop in {(0, count), (0, 0), (count, count), (count // 3, count // 2), (max(count - 1, 0), count)}:
        assert file.part("it", start, stop).tolist() == numbers[start:stop].tolist()
    assert file.damaged() == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_contiguous_or_of_the_other_byte_order_is_read_as_the_same_numbers(
    tmp_path: Path, kind: str
) -> None:
    numbers = values_of(kind, 20)
    write_arrays(
        tmp_path / "a", {"every third": numbers[::3], "turned": numbers.astype(np.dtype(kind).newbyteorder(">"))}
    )
    file = ArrayFile(tmp_path / "a")
    assert file.whole("every third").tolist() == numbers[::3].tolist()
    assert file.whole("turned").tolist() == numbers.tolist()


def test_what_is_read_cannot_be_changed(written: Path) -> None:
    file = ArrayFile(written)
    for found in (file.whole("numbers"), file.part("numbers", 0, 2)):
        with pytest.raises(ValueError, match="read-only"):
            found[0] = 1
    with pytest.raises(TypeError, match="read-only"):
        file.mapped("numbers")[0] = 1


def test_a_file_is_written_once(written: Path) -> None:
    with pytest.raises(FileExistsError):
        write_arrays(written, ARRAYS)


@pytest.mark.parametrize(("start", "stop"), [(-1, 2), (0, 5), (3, 2), (5, 5)])
def test_a_part_that_the_array_does_not_have_is_damage(written: Path, start: int, stop: int) -> None:
    # Places come from other arrays of the file: one of them may have been changed.
    with pytest.raises(DamagedFile):
        ArrayFile(written).part("numbers", start, stop)


def test_an_array_that_is_not_there_is_damage_and_counts_nothing(written: Path) -> None:
    file = ArrayFile(written)
    assert "other" not in file
    assert file.count("other") == 0
    for read in (file.whole, file.mapped, lambda name: file.part(name, 0, 0)):
        with pytest.raises(DamagedFile, match="other is missing"):
            read("other")


@pytest.mark.parametrize("arrays", [{}, {"none": np.empty(0, np.uint8)}, ARRAYS], ids=["no arrays", "empty", "some"])
def test_a_file_cut_at_any_place_is_damaged(tmp_path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    write_arrays(tmp_path / "whole", arrays)
    content = (tmp_path / "whole").read_bytes()
    for length in range(len(content)):
        (tmp_path / "cut").write_bytes(content[:length])
        with pytest.raises(DamagedFile):
            ArrayFile(tmp_path / "cut")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        MAGIC,
        MAGIC * 3,
        bytes(24),
        bytes(10_000),
        b"SQLite format 3\x00" + bytes(4096),
        b"%PDF-1.7 " * 100,
        random.Random(1).randbytes(5000),
    ],
    ids=["empty", "a byte", "head", "head thrice", "zeros", "many zeros", "a database", "a document", "noise"],
)
def test_a_foreign_file_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "foreign").write_bytes(content)
    with pytest.raises(DamagedFile):
        ArrayFile(tmp_path / "foreign")


def test_a_file_with_something_before_or_behind_it_is_damaged(written: Path) -> None:
    content = written.read_bytes()
    for changed in (content + b"\n", b"\n" + content, content + content):
        written.write_bytes(changed)
        with pytest.raises(DamagedFile):
            ArrayFile(written)


def test_any_changed_byte_of_any_part_of_the_file_is_found(written: Path) -> None:
    """Whatever byte is changed, and to what: the file cannot be opened, or the array that holds it is named."""
    content = written.read_bytes()
    chance = random.Random(5)
    places = {
        name: range(place.offset, place.offset + place.length * place.kind.itemsize)
        for name, place in ArrayFile(written)._places.items()
    }
    directory = content.rindex(b'{"')
    for place in range(len(content)):
        holders = [name for name, part in places.items() if place in part]
        if not holders and len(MAGIC) <= place < directory:
            # Between two arrays stand zeros that nobody reads.
            continue
        # In the directory digits, signs and letters make other directories, that may look whole.
        for byte in {*b'0123456789-+.eu"[], \x00\xff', chance.randrange(256)} - {content[place]}:
            written.write_bytes(content[:place] + bytes([byte]) + content[place + 1 :])
            if holders:
                file = ArrayFile(written)
                assert file.damaged() == holders
                with pytest.raises(DamagedFile, match="not what was written"):
                    file.whole(holders[0])
            else:
                with pytest.raises(DamagedFile):
                    ArrayFile(written)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(["<u4", "|u1", ""])),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
).map(lambda value: json.dumps(value).encode())


@given(st.one_of(st.binary(max_size=400), JSON), st.integers(0, 2**64 - 1), st.integers(0, 2**32 - 1))
@example(b'{"a": ["<u4", -1, 8, 0]}', 0, 0)
@example(b'{"a": ["<u4", 1, -8, 0]}', 0, 0)
@example(b'{"a": ["<u4", 0.5, 8, 0]}', 0, 0)
@example(b'{"a": ["<u4", 1, 8, 1e99]}', 0, 0)
@settings(max_examples=200)
def test_a_directory_of_anything_is_damage_and_nothing_else(content: bytes, place: int, length: int) -> None:
    """Also one that carries its own checksum: a file is judged by what it says, never trusted."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        for trailer in ((8, len(content)), (place, len(content)), (8, length)):
            end = struct.pack("<QII8s", *trailer, zlib.crc32(content), MAGIC)
            path.write_bytes(MAGIC + content + end)
            try:
                file = ArrayFile(path)
            except DamagedFile:
                continue
            # A directory of no arrays, or of empty ones, is one.
            assert [file.count(name) for name in file.damaged()] == [0] * len(file.damaged())


def test_a_file_that_is_not_whole_is_closed_again(tmp_path: Path) -> None:
    (tmp_path / "foreign").write_bytes(b"foreign")
    gc.collect()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        for _ in range(3):
            with pytest.raises(DamagedFile):
                ArrayFile(tmp_path / "foreign")
        gc.collect()
    assert told == []


def test_a_missing_file_is_no_damage_but_missing(tmp_path: Path) -> None:
    # A reader looks for the next generation then: a writer may just have removed it.
    with pytest.raises(FileNotFoundError):
        ArrayFile(tmp_path / "missing")


def test_a_file_that_is_removed_while_it_is_open_can_still_be_read(written: Path) -> None:
    file = ArrayFile(written)
    written.unlink()
    assert file.damaged() == []
    assert file.mapped("numbers").tolist() == ARRAYS["numbers"].tolist()


@pytest.mark.parametrize(
    ("greatest", "kind"), [(0, "u1"), (255, "u1"), (256, "u2"), (65_535, "u2"), (65_536, "u4"), (2**32, "u8")]
)
def test_numbers_are_kept_in_the_fewest_bytes_that_hold_them(greatest: int, kind: str) -> None:
    found = smallest(np.array([0, greatest], np.int64))
    assert (found.dtype, found.tolist()) == (np.dtype(kind), [0, greatest])
    assert smallest(np.empty(0, np.int64)).dtype == np.uint8


# --- words in order

# Lone surrogates are no text that UTF-8 can hold: they are replaced before anything is written.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
CLOSE_TEXT = st.text("abé\U0010ffff\x00", max_size=4)
WORDS = st.dictionaries(st.one_of(ANY_TEXT, CLOSE_TEXT), st.integers(1, 5), max_size=30)


def lexicon_of(folder: str, counts: Mapping[str, int]) -> tuple[Lexicon, list[bytes]]:
    """Return a lexicon of words, each held by so many documents, and the words in order."""
    terms = sorted(word.encode() for word in counts)
    sizes = [counts[term.decode()] for term in terms]
    path = Path(folder) / "lexicon"
    write_arrays(
        path,
        {
            "f.terms": np.frombuffer(b"".join(term + END for term in terms), np.uint8),
            "f.ends": np.cumsum([len(term) + 1 for term in terms], dtype=np.uint32),
            "f.starts": np.cumsum([0, *sizes], dtype=np.uint32),
        },
    )
    return Lexicon(ArrayFile(path), "f"), terms


@given(WORDS, st.lists(st.one_of(ANY_TEXT, CLOSE_TEXT), max_size=10))
@example({}, ["", "a"])
@example({"": 2}, ["", "a"])
@example({"a": 1, "aa": 2, "ab": 3, "b": 1, "\U0010ffff": 1, "\U0010ffffa": 2}, ["a", "aa", "\U0010ffff", "\x00"])
def test_a_lexicon_answers_as_a_plain_sorted_list_does(counts: dict[str, int], others: list[str]) -> None:
    with TemporaryDirectory() as folder:
        lexicon, terms = lexicon_of(folder, counts)
        assert len(lexicon) == len(terms)
        assert [lexicon.term(number) for number in range(len(lexicon))] == terms
        every = range(len(terms))
        assert lexicon.words(every) == [term.decode() for term in terms]
        assert lexicon.holding(every) == [counts[term.decode()] for term in terms]
        asked = {*counts, *others, *(word[:-1] for word in counts), *(f"{word}a" for word in counts)}
        for text in asked:
            term = text.encode()
            assert lexicon.find(term) == (terms.index(term) if term in terms else None)
            numbers = lexicon.beginning(term)
            beginning = [word for word in terms if word.startswith(term)]
            assert [lexicon.term(number) for number in numbers] == beginning
            assert lexicon.words(numbers) == [word.decode() for word in beginning]
            assert lexicon.holding(numbers) == [counts[word.decode()] for word in beginning]
        places = [lexicon.postings(number) for number in every]
        assert [stop - start for start, stop in places] == lexicon.holding(every)
        assert all(stop == start for (_, stop), (start, _) in itertools.pairwise(places))


# --- inverted fields

Words = dict[str, list[int]]
# Positions ascend within a document.
POSITIONS = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=4, unique=True).map(sorted)
DOCUMENT: st.SearchStrategy[Words] = st.dictionaries(
    st.sampled_from(["a", "b", "ab", "é", "ب", "\U0010ffff"]), POSITIONS
)
# Documents, and of each whether it has been deleted; several such segments.
SEGMENTS = st.lists(st.lists(st.tuples(DOCUMENT, st.booleans()), max_size=6), max_size=4)


def inverted(documents: Sequence[Words], *, counts: bool = False) -> Inverted:
    """Return documents inverted, with positions or with counts."""
    inverter = Inverter()
    for doc, words in enumerate(documents):
        if counts:
            inverter.add_counts(doc, {word: len(places) for word, places in words.items()})
        else:
            inverter.add_positions(doc, words)
    return inverter.inverted()


def plain(field: Inverted) -> dict[str, list[tuple[int, int, list[int]]]]:
    """Return an inverted field as word -> (document, frequency, positions), after a look at its order."""
    terms, starts, docs, frequencies, positions = field
    assert terms == sorted(set(terms))
    assert len(starts) == len(terms) + 1
    assert starts[-1] == len(docs) == len(frequencies)
    ends = np.cumsum(frequencies).tolist()
    found: dict[str, list[tuple[int, int, list[int]]]] = {}
    for number, term in enumerate(terms):
        places = range(starts[number], starts[number + 1])
        assert places, "a term that no document holds"
        rows = []
        for place in places:
            first = ends[place] - int(frequencies[place])
            rows.append((int(docs[place]), int(frequencies[place]), positions[first : ends[place]].tolist()))
        assert [doc for doc, _, _ in rows] == sorted({doc for doc, _, _ in rows})
        found[term.decode()] = rows
    return found


@given(st.lists(DOCUMENT, max_size=8))
def test_inverting_gives_each_word_its_documents_with_their_positions(documents: list[Words]) -> None:
    expected: dict[str, list[tuple[int, int, list[int]]]] = {}
    for doc, words in enumerate(documents):
        for word, places in words.items():
            expected.setdefault(word, []).append((doc, len(places), places))
    assert plain(inverted(documents)) == expected
    without = {word: [(doc, count, []) for doc, count, _ in rows] for word, rows in expected.items()}
    assert plain(inverted(documents, counts=True)) == without


@given(SEGMENTS, st.booleans())
@example([], False)
@example([[({"a": [1]}, True)]], False)
@example([[({"a": [1]}, True)], [({"b": [2, 5]}, False), ({}, False)]], False)
def test_merging_what_is_left_of_segments_is_inverting_what_is_left(
    segments: list[list[tuple[Words, bool]]], counts: bool
) -> None:
    parts, left = [], []
    for segment in segments:
        numbers = []
        for words, deleted in segment:
            numbers.append(-1 if deleted else len(left))
            if not deleted:
                left.append(words)
        whole = inverted([words for words, _ in segment], counts=counts)
        # As the file gives it back: in the fewest bytes.
        narrow = whole._replace(docs=smallest(whole.docs), frequencies=smallest(whole.frequencies))
        parts.append((narrow, np.array(numbers, np.int64)))
    assert plain(merged(parts)) == plain(inverted(left, counts=counts))


# --- what a commit merges


class Counted(Segment):
    """A segment of numbered documents, without files."""

    def __init__(self, documents: set[int]) -> None:
        super().__init__(Codec(), "MAIN")
        self.documents = documents
        self.set_doc_count(len(documents))

    def deleted_count(self) -> int:
        return self.doc_count_all() - len(self.documents)


class Commits:
    """What commits make of the segments of an index, by the same steps as the writer's."""

    def __init__(self) -> None:
        self.segments: list[Counted] = []
        self.known: set[int] = set()
        self.rewritten: list[int] = []
        self.most = 0
        self._next = 0

    def commit(self, added: int, replaced: Sequence[int] = ()) -> None:
        """Add documents, in place of others."""
        gone = set(replaced)
        self.known -= gone
        for segment in self.segments:
            segment.documents -= gone
        new = set(range(self._next, self._next + added))
        self._next += added
        self.known |= new
        merging = to_merge(self.segments, added)
        assert merging == [segment for segment in self.segments if segment in merging], "not in their order"
        kept = [segment for segment in self.segments if segment not in merging and segment.doc_count()]
        together = new.union(*(segment.documents for segment in merging))
        self.rewritten.append(len(together) - added)
        if together:
            kept.append(Counted(together))
        self.segments = kept
        self.most = max(self.most, len(kept))

    def check(self) -> None:
        """Every document is in one segment."""
        assert Counter(doc for segment in self.segments for doc in segment.documents) == Counter(self.known)

    def bound(self) -> int:
        """Return how many segments there may be: one short of a merge in each tier, and large ones.

        Segments that no more can be made one of hold ten thousand documents each on the average.
        """
        return (MANY - 1) * (len(TIERS) + 1) + math.ceil(len(self.known) / (LARGEST / MANY))


def one_by_one(commits: Commits, chance: random.Random) -> None:
    """An archive in which editors change article after article."""
    for _ in range(20):
        commits.commit(1000)
    for _ in range(3000):
        commits.commit(1, [chance.choice(tuple(commits.segments[0].documents) or (0,))])


def new_ones(commits: Commits, chance: random.Random) -> None:
    """An archive that grows article by article."""
    for _ in range(5000):
        commits.commit(1)


def imports(commits: Commits, chance: random.Random) -> None:
    """Imports of whole batches."""
    for _ in range(200):
        commits.commit(1000)


def of_all_sizes(commits: Commits, chance: random.Random) -> None:
    """Small and large commits, every size as likely as its tenfold."""
    for _ in range(1500):
        commits.commit(int(10 ** chance.uniform(0, 3.5)))


def large_then_middling(commits: Commits, chance: random.Random) -> None:
    """Segments that are too large together to be merged, and smaller ones of the same tier behind them."""
    for _ in range(6):
        commits.commit(15_000)
    for _ in range(250):
        commits.commit(1000)


def just_above_small(commits: Commits, chance: random.Random) -> None:
    """Commits of one document more than a small segment has, each of which takes one from the one before."""
    for _ in range(400):
        last = commits.segments[-1].documents if commits.segments else ()
        commits.commit(SMALL + 1, list(last)[:1])


def all_again(commits: Commits, chance: random.Random) -> None:
    """Every article of a large archive is indexed again, in an order of its own."""
    for _ in range(4):
        commits.commit(40_000)
    old = list(commits.known)
    chance.shuffle(old)
    for start in range(0, len(old), 1000):
        commits.commit(1000, old[start : start + 1000])


WAYS: tuple[Callable[[Commits, random.Random], None], ...] = (
    one_by_one,
    new_ones,
    imports,
    of_all_sizes,
    large_then_middling,
    just_above_small,
    all_again,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_segments_stay_few_and_no_commit_rewrites_more_than_the_largest_holds(
    way: Callable[[Commits, random.Random], None],
) -> None:
    commits = Commits()
    way(commits, random.Random(7))
    commits.check()
    assert commits.most <= commits.bound()
    assert max(commits.rewritten) <= LARGEST
    assert max(len(segment.documents) for segment in commits.segments) <= LARGEST


@pytest.mark.parametrize("way", [one_by_one, new_ones], ids=lambda way: way.__name__)
def test_a_commit_of_one_document_rewrites_a_few_hundred_and_only_rarely_more(
    way: Callable[[Commits, random.Random], None],
) -> None:
    commits = Commits()
    way(commits, random.Random(7))
    single = commits.rewritten[-3000:]
    assert sum(rewritten > SMALL for rewritten in single) <= len(single) / 100
    assert sum(single) / len(single) <= SMALL


@given(st.lists(st.tuples(st.integers(0, 30_000), st.floats(0, 1)), max_size=25), st.integers(0, 60_000))
@settings(max_examples=200)
def test_what_is_merged_was_there_and_is_small_enough_together(sizes: list[tuple[int, float]], added: int) -> None:
    segments = []
    for size, live in sizes:
        segment = Counted(set(range(int(size * live))))
        segment.set_doc_count(size)
        segments.append(segment)
    merging = to_merge(segments, added)
    assert [segment for segment in segments if segment in merging] == merging
    assert sum(segment.doc_count() for segment in merging) <= LARGEST


@given(st.lists(st.integers(0, LARGEST), max_size=20))
def test_groups_hold_every_segment_once_in_order_and_none_is_too_large(sizes: list[int]) -> None:
    segments = [Counted(set()) for _ in sizes]
    for segment, size in zip(segments, sizes, strict=True):
        segment.documents = set(range(0))
        segment.set_doc_count(size)
        segment.deleted_count = lambda: 0  # type: ignore[method-assign]
    found = groups(segments)
    assert [segment for group in found for segment in group] == segments
    totals = [sum(segment.doc_count() for segment in group) for group in found]
    assert all(total <= LARGEST for total in totals)
    # The fewest: no two that follow one another would go into one.
    assert all(first + second > LARGEST for first, second in itertools.pairwise(totals))


def test_an_array_file_is_read_by_its_own_description(written: Path) -> None:
    """The directory at the end names each array's type, count and place, as the module's own words say."""
    content = written.read_bytes()
    directory = json.loads(content[content.rindex(b'{"') : content.rindex(b"}") + 1])
    assert list(directory) == list(ARRAYS)
    for name, (kind, count, place, _) in directory.items():
        assert place % 8 == 0
        assert np.frombuffer(content, kind, count, place).tolist() == ARRAYS[name].tolist()
