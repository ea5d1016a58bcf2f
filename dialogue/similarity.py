"""Which questions ask the same: found among very many by rare words, then compared in full.

Words are compared folded and with shorthand written out, so that "ap e ko co 4g" is like
"Ấp em không có 4G". Politeness and question words hardly count: nearly every question has them.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from dialogue.text import fold

ALIKE = 0.65
"""From this score on, two questions are shown as alike; see docs/benchmarks.md."""

WORDS = re.compile(r"[^\W_]+")
"""A word of a text."""
# How the young write on phones. Read by anyone in Vietnam; only unambiguous ones.
_SHORTHAND = {
    **dict.fromkeys(("ko", "k", "kg", "hk", "hok", "kh"), "khong"),
    **dict.fromkeys(("dc", "dk"), "duoc"),
    **dict.fromkeys(("mk", "mik"), "minh"),
    **dict.fromkeys(("z", "v"), "vay"),
    **dict.fromkeys(("bik", "bit"), "biet"),
    "j": "gi",
    "e": "em",
    "a": "anh",
    "c": "chi",
    "r": "roi",
    "vs": "voi",
    "lm": "lam",
    "cx": "cung",
    "ng": "nguoi",
    "nx": "nua",
    "wa": "qua",
    "trc": "truoc",
    "nhiu": "nhieu",
    "thik": "thich",
    "bn": "bao nhieu",
    "bh": "bao gio",
    "ntn": "nhu the nao",
    "sv": "sinh vien",
    "hs": "hoc sinh",
    "cntt": "cong nghe thong tin",
    "dvc": "dich vu cong",
}
_SAYS_LITTLE = """
    a ah ai anh ban bao be bi biet boi cac cach can cang chi cho chu chua chung co cua cung da dang
    dau de den di do duoc em gi gio ha hay hoi hon kinh khi khong la lai lam lanh dao len luc ma
    minh moi mot muon nao nay neu nen ngay nhe nhi nho nhu nhung noi nua o oi phai qua ra rang rat
    roi sao se tai tat the thi thua tinh toi trong tu tung va van vay ve vi viec voi vua xin
"""
COMMON = frozenset(_SAYS_LITTLE.split())
"""What nearly every question has, folded."""
_COMMON_WEIGHT = 0.15
# A word or a pair of words that more questions have says little; such are looked up only where a
# text has no rarer one.
_MANY = 400
_FEATURES = 14
_CANDIDATES = 40


class Match(NamedTuple):
    """Another question and how much it is alike: 0 nothing, 1 the same words."""

    number: int
    score: float


class _Text(NamedTuple):
    words: tuple[str, ...]
    plain: str


class Index:
    """The questions of an event, ready to be asked for those that are like a text."""

    def __init__(self) -> None:
        """Begin with none."""
        self._texts: dict[int, _Text] = {}
        self._having: dict[str, list[int]] = defaultdict(list)
        self._reading: dict[str, set[int]] = defaultdict(set)

    def __len__(self) -> int:
        """Count the questions."""
        return len(self._texts)

    def put(self, number: int, text: str) -> None:
        """Add a question, or give it another text."""
        self.drop(number)
        read = _read(text)
        self._texts[number] = read
        self._reading[read.plain].add(number)
        for feature in set(features(read.words)):
            self._having[feature].append(number)

    def drop(self, number: int) -> None:
        """Forget a question, if it is known."""
        read = self._texts.pop(number, None)
        if read is not None:
            self._reading[read.plain].discard(number)
            if not self._reading[read.plain]:
                del self._reading[read.plain]
            for feature in set(features(read.words)):
                having = self._having[feature]
                having.remove(number)
                if not having:
                    del self._having[feature]

    def same(self, number: int) -> frozenset[int]:
        """Return the other questions that say the very same words."""
        read = self._texts.get(number)
        return frozenset(self._reading[read.plain] - {number} if read else ())

    def alike(
        self, text: str, *, most: int = 5, without: int | None = None, least: float = ALIKE
    ) -> list[Match]:
        """List the questions that score at least so much with a text, the most alike first."""
        asked = _Asked(_read(text), self._weight)
        scored = (
            Match(number, asked.score(self._texts[number], least=least))
            for number in self._candidates(asked.read)
            if number != without
        )
        return nlargest(most, (each for each in scored if each.score >= least), _by_score)

    def _candidates(self, read: _Text) -> Iterable[int]:
        having = sorted(
            (self._having[each] for each in set(features(read.words)) if each in self._having),
            key=len,
        )
        rare = [numbers for numbers in having if len(numbers) <= _MANY] or having[:1]
        shared: defaultdict[int, float] = defaultdict(float)
        for numbers in rare[:_FEATURES]:
            weight = 1 / (1 + math.log(len(numbers)))
            for number in numbers[-_MANY:]:
                shared[number] += weight
        return nlargest(_CANDIDATES, shared, shared.__getitem__)

    def _weight(self, word: str) -> float:
        total = len(self._texts) + 1
        rarity = math.log(1 + total / (1 + len(self._having.get(word, ()))))
        return rarity * (_COMMON_WEIGHT if word in COMMON else 1.0)


class _Asked:
    """A text while the candidates are compared with it."""

    def __init__(self, read: _Text, weigh: Callable[[str], float]) -> None:
        self.read = read
        self._weights = _Weights(weigh)
        self._count = Counter(read.words)
        self._weight = sum(self._weights[word] for word in read.words)

    def score(self, other: _Text, *, least: float) -> float:
        """Weigh the words that both have, and how the two read as a whole; 0 if below `least`."""
        weights, left = self._weights, self._count.copy()
        both = weight = 0.0
        for word in other.words:
            weight += weights[word]
            if left[word] > 0:
                left[word] -= 1
                both += weights[word]
        # A candidate has a word of the text at least.
        words = 0.5 * both / (self._weight + weight - both)
        words += 0.5 * both / min(self._weight, weight)
        # How alike the two have to read as a whole, in percent.
        needed = 200 * (least - 0.5 * words)
        if needed > 100:
            return 0.0
        whole = fuzz.ratio(self.read.plain, other.plain, score_cutoff=needed)
        loose = fuzz.token_sort_ratio(self.read.plain, other.plain, score_cutoff=needed)
        return 0.5 * words + max(whole, loose) / 200


class _Weights(dict[str, float]):
    """What each word counts, worked out once while a text is looked up."""

    def __init__(self, weigh: Callable[[str], float]) -> None:
        self._weigh = weigh

    def __missing__(self, word: str) -> float:
        self[word] = self._weigh(word)
        return self[word]


def _by_score(match: Match) -> tuple[float, int]:
    return match.score, -match.number


def _read(text: str) -> _Text:
    read = words_of(text)
    return _Text(tuple(read), " ".join(read))


def words_of(text: str) -> list[str]:
    """Return a text's words folded, with shorthand written out."""
    read: list[str] = []
    for word in WORDS.findall(fold(text)):
        read += _SHORTHAND.get(word, word).split()
    return read


def features(words: Sequence[str]) -> Iterator[str]:
    """Name what a text can be found by: its words, and each two that follow each other."""
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"
