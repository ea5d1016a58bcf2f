"""Text that was written in another encoding than it is read in: what it says, most likely.

Old Vietnamese fonts (TCVN3, VNI) put their own letters where Latin ones are, so that a text copied
out of an old document is "Sè ®iÖn tho¹i"; UTF-8 that a program took for Windows-1252 is "Ä‘iá»‡n".
"""

import re
import unicodedata
from collections.abc import Callable

# In the order of the standard TCVN 5712:1993, VN3: what is seen, and what is meant.
_TCVN3 = str.maketrans(
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
)
# VNI writes a letter and then what stands above or below it, but for these.
_VNI_LETTERS = str.maketrans("ôöñæóòîÔÖÑÆÓÒÎ", "ơưđỉĩịỵƠƯĐỈĨỊỴ")
_VNI_MARKS = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_PAIR = re.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_MARKS)}])", re.IGNORECASE)

_WORD = re.compile(r"[^\W\d_]+")
_GARBLED = re.compile(r"\S*[^\x00-\x7f]\S*")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    "(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x)?"
    "(?:iê|yê|uyê|uyu|uya|iêu|yêu|uôi|ươi|ươu|oai|oay|oao|oeo|uây|uôn|ai|ao|au|ay|âu|ây|eo|êu|ia|iu"
    "|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
    "(?:ch|c|m|ng|nh|n|p|t)?"
)
# Fewer words could be a name or a quotation.
_LEAST_WORDS = 3
# Of the words with marks: as it is read, and as it may be meant.
_LEAST_STRANGE = 0.5
_MOST_STRANGE = 0.2


def likely_reading(text: str) -> str | None:
    """Return what a text says, where it makes no sense as it is read and does in another encoding.

    It needs what was sent: white space and invisible characters are letters there. It is a guess,
    for a person to look at.
    """
    if text.isascii() or _strange(text) < _LEAST_STRANGE:
        return None
    readings = [each for each in (read(text) for read in _READINGS) if each is not None]
    best = min(readings, key=_strange)
    return best if _strange(best) <= _MOST_STRANGE else None


def _strange(text: str) -> float:
    """Return which share of the words with marks are not Vietnamese; 0 where these are few."""
    words = [each for each in _GARBLED.findall(text) if not each.isascii()]
    if len(words) < _LEAST_WORDS:
        return 0.0
    return sum(not _is_vietnamese(each) for each in words) / len(words)


def _is_vietnamese(word: str) -> bool:
    """Tell whether the letters of a word could be a Vietnamese syllable, with one tone."""
    letters = word.strip(" .,;:!?()[]\"'“”‘’…/-").lower()
    if not _WORD.fullmatch(letters):
        return False
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", letters))
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


def _from_utf8(text: str) -> str | None:
    try:
        return b"".join(map(_byte, text)).decode()
    except UnicodeError:
        return None


def _byte(character: str) -> bytes:
    """Return the byte that a browser reads as a character in Windows-1252."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    marked = _VNI_PAIR.sub(
        lambda pair: pair[1].translate(_VNI_LETTERS) + _VNI_MARKS[pair[2].lower()], text
    )
    # What is a letter by itself was none of a pair.
    return unicodedata.normalize("NFC", marked.translate(_VNI_LETTERS))


_READINGS: tuple[Callable[[str], str | None], ...] = (_from_utf8, _from_tcvn3, _from_vni)
