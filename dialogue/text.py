"""Vietnamese text: one stored form, one folded form to search, one order to list."""

import re
import unicodedata

# Invisible characters that only make two equal texts differ, and those that turn the reading
# direction around so that a line shows other words than it holds.
_INVISIBLE = frozenset(
    [
        0x00AD,  # soft hyphen
        *range(0x200B, 0x2010),  # zero-width characters and direction marks
        *range(0x202A, 0x202F),  # direction embeddings and overrides
        *range(0x2060, 0x2065),  # invisible operators
        *range(0x2066, 0x206A),  # direction isolates
        0xFEFF,  # byte-order mark
        *range(0xFFF9, 0xFFFC),  # interlinear annotation
        *range(0xE0000, 0xE0080),  # tags
    ]
)
# What parts words and is no space: removed, it would glue them together. The last are letters of
# Korean and Braille that look like nothing, of which a whole question could be made.
_PARTING = {
    **dict.fromkeys([0x0B, 0x0C, 0x85, 0x2028, 0x2029], "\n"),
    **dict.fromkeys([*range(0x1C, 0x20), 0x200B, 0x180E], " "),
    **dict.fromkeys([0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0], " "),
}
# The joiner inside emoji such as families and flags is meant.
_JOINER = "\u200d"
_NO_CHARACTERS = frozenset({"Cc", "Cs", "Co", "Cn"})
_MOST_MARKS = 4
HIDDEN = "[…]"

_PERSONAL_DETAIL = re.compile(
    r"""
    [\w.+-]+@[\w-]+(?:\.[\w-]+)+           # an e-mail address
    | (?<!\d)(?<!\d[.,])0(?:[ .-]?\d){11}(?!\d)        # an identity number
    | (?<!\d)(?<!\d[.,])(?:\+?84[ .-]?|0)(?:[ .-]?\d){8,10}(?!\d)   # a telephone number
    """,
    re.VERBOSE,
)


class _Folding(dict[int, str]):
    """What each letter folds to, worked out when it is first met: a text is folded in one pass."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", "d" if chr(code) == "đ" else chr(code))
        self[code] = "".join(each for each in decomposed if not unicodedata.combining(each))
        return self[code]


_FOLDING = _Folding()

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Tones as the second level of the dictionary: level, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def normalise(text: str) -> str:
    """Return a text in the form we store: NFC, without control and invisible characters.

    What parts words becomes white space, whatever it is. Line breaks stay, as at most two in a
    row; other white space becomes one space. More than four marks stacked on one letter are cut to
    four: no language needs them, and they would run over the lines above.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_PARTING)
    text = unicodedata.normalize("NFC", text)
    # Nearly every text has nothing to remove; only the others are looked at letter by letter.
    if not text.replace("\n", "").isprintable():
        text = _without_unwanted(text)
    if any(map(unicodedata.combining, text)):
        text = unicodedata.normalize("NFC", _cut_marks(text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return a text as `normalise` does, without line breaks: for names."""
    return " ".join(normalise(text).split())


def personal_details(text: str) -> list[tuple[int, int]]:
    """Find what looks like a telephone number, an e-mail address or an identity number.

    Returns where each begins and ends. It is for a person to look at: it finds too much rather
    than too little. Identity numbers have 12 digits, of which the first is 0.
    """
    # Most texts hold nothing that one could begin with, and need not be searched.
    if not any(each in text for each in ("@", "0", "84")):
        return []
    return [found.span() for found in _PERSONAL_DETAIL.finditer(text)]


def without_personal_details(text: str) -> str:
    """Return a text with a sign in place of each of its `personal_details`."""
    for begin, end in reversed(personal_details(text)):
        text = text[:begin] + HIDDEN + text[end:]
    return text


def fold(text: str) -> str:
    """Return what two spellings of the same words have in common: lower case, no marks, đ as d.

    Only to find and to compare, never to refuse: ma, má, mà, mả, mã and mạ all fold to "ma".
    """
    return text.lower().translate(_FOLDING)


def dictionary_order(text: str) -> tuple[list[int], list[int]]:
    """Return a sort key that puts texts in the order of a Vietnamese dictionary.

    Letters first (a ă â b c d đ e ê …), tones as the second level.
    """
    letters: list[int] = []
    tones: list[int] = []
    for each in unicodedata.normalize("NFD", text.lower()):
        if each in _TONES and tones:
            tones[-1] = _TONES[each]
        elif unicodedata.combining(each) and letters:
            composed = unicodedata.normalize("NFC", chr(letters[-1]) + each)
            letters[-1] = ord(composed) if len(composed) == 1 else letters[-1]
        else:
            letters.append(ord(each))
            tones.append(0)
    return [_place(chr(each)) for each in letters], tones


def _place(letter: str) -> int:
    index = _LETTERS.find(letter)
    return ord(letter) if index < 0 else 0x110000 + index


def _without_unwanted(text: str) -> str:
    kept = []
    for index, each in enumerate(text):
        if each in "\n\t" or not _is_unwanted(each, text[index - 1] if index else ""):
            kept.append(each)
    return "".join(kept)


def _is_unwanted(character: str, before: str) -> bool:
    if character == _JOINER:
        return unicodedata.category(before or " ") not in {"So", "Sk", "Mn"}
    return ord(character) in _INVISIBLE or unicodedata.category(character) in _NO_CHARACTERS


def _cut_marks(text: str) -> str:
    kept = []
    run = 0
    for each in unicodedata.normalize("NFD", text):
        run = run + 1 if unicodedata.combining(each) else 0
        if run <= _MOST_MARKS:
            kept.append(each)
    return "".join(kept)
