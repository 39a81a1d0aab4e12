"""How tightly two neighbouring words of a Vietnamese sentence hold together: the price of ending a line between them.

Knows words and marks; where lines end in the end is the affair of `wrapping`. The order of preference follows the
library's caption rules (docs/standards.md, captions): after a mark, else before a link word, never inside a word or a
name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from media_service.domain.abbreviations import is_abbreviation
from media_service.domain.compounds import COMPOUNDS, key
from media_service.domain.echoes import echoes_at

AFTER_STOP = 0.0
AFTER_COMMA = 1.0
BEFORE_LINK = 5.0
PLAIN = 10.0
_MOVING = 13.0
"""Around lên, xuống, ra …: they lean on the verb before them and lead to the place behind them."""
LOOSE = 18.0
TIGHT = 30.0
BOUND = 100.0
NEVER = 1000.0
"""Inside a number, or behind a dash that opens speech."""
_ALONE = 10.0
"""Added where a line would end with the first word of a clause, or begin with its last."""

OPENING = "“‘«‹([{\"'"
CLOSING = "”’»›)]}\"'"
DASHES = "–—-"
_MARKS = OPENING + CLOSING + DASHES + ".,;:?!…"
_ENDS_SENTENCE = ".?!…"


def _set(words: str) -> frozenset[str]:
    return frozenset(key(word) for word in words.split())


LINKS = _set(
    """và nhưng rồi thì để ở trên với vì mà nên hay hoặc của trong ngoài dưới từ đến bằng như khi nếu tuy còn là do bởi
    tại cho giữa theo dù cùng tới lúc trước sau quanh dọc vào"""
)
"""Conjunctions and prepositions: a good line begins with one, and never ends with one."""
_NUMBERS = _set(
    "một hai ba bốn năm sáu bảy tám chín mười mươi trăm nghìn ngàn vạn triệu tỷ mấy vài dăm nhiều nửa đôi hơn chừng"
)
_CLASSIFIERS = _set(
    """con cái chiếc quả trái hòn ngọn ngôi tòa bức tấm tờ cuốn quyển bài câu hạt giọt bông đóa đàn bầy bọn cặp hàng dãy
    nấm mảnh miếng cơn trận nỗi niềm cuộc vị đứa thằng kẻ bộ dòng đoạn nắm mái căn gian chùm điều tiếng độ vẻ nét lớp
    phía bè lũ"""
)
_BEFORE_VERBS = _set(
    """không chẳng chả chưa đừng chớ đã đang sẽ sắp vừa mới từng vẫn cứ cũng đều hãy được bị phải muốn rất hơi khá thật
    càng các những mọi mỗi tự sao quá chỉ cùng hết nhất thứ thường chắc"""
)
"""Negation, tense, degree, plural: belong to the word behind them."""
_POINTERS = _set("này kia ấy nọ đó đây đấy nữa lắm")
"""Belong to the word before them, wherever they stand."""
_FINALS = _set(
    """à ạ nhé nhỉ ư hả sao không chưa rồi đâu thôi nào mà thế vậy quá lên xuống ra vào đi lại về tới được mất nhau"""
)
"""Belong to the word before them where a clause ends with them."""
_DIRECTIONS = _set("lên xuống ra vào lại về đi tới qua sang mất")
_PERSONS = _set("ông bà cô chú bác nàng chàng anh chị bé cụ người nhà")
"""Stand before names of people and beasts as classifiers do: chú dế, người thợ."""
_LEANING = _PERSONS | _set("có thành làm gọi tên biết")
"""Leave a line hanging where it ends with them."""
_DESCRIBING = _set("nhỏ lớn to bé dài cao đẹp mới cũ xanh đỏ trắng vàng đen nâu tròn hoang quý già trẻ xa gần")
"""Mostly describe the word before them."""
_FREE = _set("được phải hết thật quá nhất sao chưa")
"""Of those that belong to the word behind them, these may end a line before a link word."""
_TITLES = _PERSONS | _set(
    """dì cậu mợ thím em thầy vua chúa đức thánh thần tướng hoàng công mẹ cha tỉnh huyện xã phường quận thôn ấp làng phố
    đường đồi núi sông suối biển đảo hồ đầm đèo mũi vịnh tháp chùa đền đình miếu lầu chợ cầu ga trường hội lễ sao
    truyện"""
)
_COUNTED = _set("chương phần tập quyển hồi trang năm tháng ngày thế kỷ thứ số lớp khoản điều mục bài quận khóa kỳ đời")
_ROMAN = re.compile(r"[IVXLC]+")
_UNITS = _set("km m cm mm ha kg g l km² m² km2 m2")


def price(words: Sequence[str], gap: int) -> float:
    """Return how dear it is to end a line between `words[gap]` and the next word."""
    before, after = words[gap], words[gap + 1]
    if _one_number(words, gap) or (gap == 0 and before in DASHES):
        return NEVER
    if is_abbreviation(before):
        return BOUND
    if before in DASHES:
        return TIGHT
    marked = _at_mark(before, after)
    return _between_words(words, gap) + _loneliness(words, gap) if marked is None else marked


def _at_mark(before: str, after: str) -> float | None:
    """Return the price of a gap at a mark; None where no mark stands between the words."""
    last = before.rstrip(CLOSING)[-1:]
    if last and last in _ENDS_SENTENCE:
        return AFTER_STOP
    if last in (",", ";", ":") or after in DASHES:
        return AFTER_COMMA
    if before[-1] in CLOSING or after[0] in OPENING:
        return LOOSE if key(_core(before)) in LINKS else BEFORE_LINK
    return None


def _one_number(words: Sequence[str], gap: int) -> bool:
    """Tell whether a gap lies inside 2 446 173, 5 – 7 or 3 km."""
    before, after = words[gap], words[gap + 1]
    if before in DASHES:
        return gap > 0 and words[gap - 1][-1].isdigit() and after[0].isdigit()
    if after in DASHES:
        return before[-1].isdigit() and gap + 2 < len(words) and words[gap + 2][0].isdigit()
    return before[-1].isdigit() and (after[0].isdigit() or after[0] in "%‰°" or _core(after) in _UNITS)


def _between_words(words: Sequence[str], gap: int) -> float:
    before, after = _core(words[gap]), _core(words[gap + 1])
    first, second = key(before), key(after)
    if (first, second) in COMPOUNDS or _is_counted(first, after):
        return BOUND
    named = _name(words, gap)
    echo = echoes_at([key(_core(word)) for word in words], gap, apart=_GRAMMAR)
    free = first in _FREE and second in LINKS
    tight = (first in _HOLDING and not free) or before[:1].isdigit() or second in _POINTERS
    tight = tight or (second in _FINALS and _ends_clause(words, gap + 1))
    return max(named, echo, TIGHT if tight else 0) or _looseness(first, second)


def _is_counted(first: str, after: str) -> bool:
    numbered = after[:1].isdigit() or _ROMAN.fullmatch(after) is not None or key(after) in _NUMBERS
    return first in _COUNTED and numbered


def _name(words: Sequence[str], gap: int) -> float:
    """Return the price of tearing a name (Mai An Tiêm) or a title off its name (nàng Ba); 0 where there is none."""
    before, after = _core(words[gap]), _core(words[gap + 1])
    if not _is_capitalised(after) or (len(before) > 1 and before.isupper()):
        return 0
    if key(before) in _TITLES:
        return BOUND
    if not _is_capitalised(before) or key(before) in LINKS:
        return 0
    return TIGHT if _opens_sentence(words, gap) else BOUND


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and not (len(word) > 1 and word.isupper())


def _loneliness(words: Sequence[str], gap: int) -> float:
    first_alone = _opens_sentence(words, gap) or words[gap - 1][-1] in ",;"
    return _ALONE if first_alone or _ends_clause(words, gap + 1) else 0


def _opens_sentence(words: Sequence[str], gap: int) -> bool:
    return gap == 0 or words[gap - 1] in DASHES or words[gap - 1].rstrip(CLOSING)[-1:] in (*_ENDS_SENTENCE, ":")


def _ends_clause(words: Sequence[str], place: int) -> bool:
    return place + 1 == len(words) or words[place][-1] in _MARKS


def _looseness(first: str, second: str) -> float:
    if first in LINKS:
        return LOOSE
    if second in LINKS:
        return BEFORE_LINK
    if first in _LEANING or second in _DESCRIBING:
        return LOOSE
    return _MOVING if second in _DIRECTIONS or first in _DIRECTIONS else PLAIN


def _core(word: str) -> str:
    """Return a word without the marks around it."""
    return word.strip(_MARKS)


_HOLDING = _NUMBERS | _CLASSIFIERS | _BEFORE_VERBS
_GRAMMAR = LINKS | _HOLDING | _POINTERS | _FINALS | _DIRECTIONS | _TITLES | _COUNTED
