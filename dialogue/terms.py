"""Which terms the questions use: words of two and three syllables that are found from the data.

Vietnamese writes each syllable by itself. Those that belong together come together far more
often than they would by chance: that is measured (normalised pointwise mutual information, over
questions), so no dictionary is needed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log
from typing import NamedTuple

# In fewer questions a pair may be chance.
LEAST_QUESTIONS = 3
# From here on syllables belong together; chosen by reading what was found in the rehearsal.
LEAST_COHESION = 0.45
# A pair that mostly stands inside a longer term says nothing by itself.
MOSTLY = 0.7
LONGEST = 3

_SYLLABLE = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[^\w\s]|\d")
# Syllables that join words rather than make them. They may stand inside a longer term, at
# neither end.
_JOINING = frozenset(
    _SYLLABLE.findall("""
    ai anh ạ à bao bên bị bác bạn bằng các cái cách cần chị chỉ cho chú chúng chưa chứ còn con có cô
    cùng cũng của cả cho dạ do dù đã đang đâu để đến đều đi điều đó được em gì giờ hay hãy hết hoặc
    hơn hỏi khi không kính là lại làm lên lúc lắm mà mình mong mỗi một mới nay này nào nên nếu nên
    ngay ngoài nhé nhiều nhưng như những nhờ nữa nơi nói ở phải qua quá ra rất rồi rằng sao
    sau sẽ sẵn số ta tại thêm thế theo thì thôi thấy tới tôi trên trong trước từ từng tự và vào vẫn
    vậy vì về việc với vừa xin xuống khong duoc cua nhung
    """)
)


class Term(NamedTuple):
    """A term, and the number of questions that use it."""

    words: str
    questions: int


def find(texts: Iterable[str], *, most: int) -> list[Term]:
    """List the terms of questions, those that most questions use first, at most `most`."""
    counts: Counter[tuple[str, ...]] = Counter()
    questions = 0
    for text in texts:
        counts.update(set(_runs(text)))
        questions += 1
    terms = {run: count for run, count in counts.items() if _is_term(run, counts, questions)}
    parts = _parts(counts, terms)
    standing = [
        Term(" ".join(run), count) for run, count in terms.items() if parts[run] < MOSTLY * count
    ]
    return sorted(standing, key=lambda each: (-each.questions, each.words))[:most]


def uses(text: str, words: str) -> bool:
    """Tell whether a text uses a term, whatever its capitals."""
    return tuple(words.split()) in _runs(text)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Go through the syllables of a text, and through those that follow each other.

    One more than a term has, to know what is but a part of something longer.
    """
    for part in _BREAK.split(text.lower()):
        syllables = _SYLLABLE.findall(part)
        for start in range(len(syllables)):
            for end in range(start + 1, min(start + LONGEST + 1, len(syllables)) + 1):
                yield tuple(syllables[start:end])


def _is_term(run: tuple[str, ...], counts: Counter[tuple[str, ...]], questions: int) -> bool:
    if not 2 <= len(run) <= LONGEST or counts[run] < LEAST_QUESTIONS:
        return False
    if run[0] in _JOINING or run[-1] in _JOINING:
        return False
    # The weakest place where it could be cut decides.
    return all(
        _cohesion(counts[run], counts[run[:cut]], counts[run[cut:]], questions) >= LEAST_COHESION
        for cut in range(1, len(run))
    )


def _cohesion(together: int, first: int, second: int, questions: int) -> float:
    """Return how much more often two come together than by chance: 0 as by chance, 1 always."""
    if together == questions:
        return 1.0
    return log(together * questions / (first * second)) / -log(together / questions)


def _parts(
    counts: Counter[tuple[str, ...]], terms: dict[tuple[str, ...], int]
) -> Counter[tuple[str, ...]]:
    """Count for each term the questions in which it is but a part of one longer run.

    Three syllables that nearly always follow a fourth are no term; two may be one inside
    whatever is none itself.
    """
    parts: Counter[tuple[str, ...]] = Counter()
    for longer, count in counts.items():
        if len(longer) > LONGEST or (len(longer) == LONGEST and longer in terms):
            for part in (longer[:-1], longer[1:]):
                parts[part] = max(parts[part], count)
    return parts
