"""Vietnamese prose of any length: the corpus's own sentences in ever new order, with every letter in every tone.

Each paragraph ends with a sentence put together of words, so that rare letters (ẵ, ỡ, ỹ, ỵ …) come often enough to be
counted; some paragraphs are in capitals.
"""

from __future__ import annotations

import random
import re

from tests.books.making.prose import Kind, work

NAMES = ("den-bien", "hoi-ky", "lang-cat", "oc-muon-hon", "so-tay", "tan-van")
RARE = (
    *(
        "bế ẵm",
        "ẩm ướt",
        "gỡ lưới",
        "kỳ lạ",
        "kỷ niệm",
        "kỹ càng",
        "chim én",
        "lý lẽ",
        "quỵ xuống",
        "quả ổi",
        "ngẫm nghĩ",
    ),
    *("ầm ĩ", "ấm áp", "ậm ờ", "ẩn náu", "ẵm em", "ắt hẳn", "ằng ặc", "ặc ặc", "ẳng ẳng", "ừ nhỉ", "ử ử", "ữ nước"),
    *(
        "ợ chua",
        "ỡm ờ",
        "ở lại",
        "ớt cay",
        "ờ phải",
        "ỗng ễnh",
        "ổ rơm",
        "ồ ạt",
        "ộp oạp",
        "ốc bươu",
        "ễnh ương",
        "ỉu xìu",
    ),
    *(
        "ĩnh mắm",
        "ị ra",
        "ì ạch",
        "í ới",
        "ủ rũ",
        "ũm ũm",
        "ụ đất",
        "ùa ra",
        "úp nồi",
        "ỷ lại",
        "ỵ ạch",
        "ỳ ra",
        "ý tứ",
    ),
    *("õng ẹo", "ỏng bụng", "ọp ẹp", "òa khóc", "óng ả", "ẽo ợt", "ẻo lả", "ẹp lép", "è cổ", "é tím", "ế hàng", "ề à"),
    *(
        "ể mình",
        "ễ ra",
        "ệ bụng",
        "ả hầu",
        "ã lẽ",
        "ạ vâng",
        "à ơi",
        "á à",
        "ực nước",
        "ứng tiếng",
        "ưng ý",
        "ơn nghĩa",
    ),
    *(
        "ôm con",
        "ăn cơm",
        "âm u",
        "đi đò",
        "đỡ đần",
        "ỹ ạch",
        "ý chí",
        "nghĩa tình",
        "khuỷu tay",
        "thủy triều",
        "thuỷ thủ",
    ),
    *("hoà thuận", "hòa bình", "khoẻ mạnh", "khỏe khoắn", "lũy tre", "luỹ tre", "quý giá", "yên ả"),
)


def sentences() -> list[str]:
    """Return every sentence of the corpus's texts."""
    texts = (
        block.text
        for name in NAMES
        for chapter in work(name).chapters
        for block in chapter.blocks
        if block.kind is Kind.PROSE
    )
    return [part.strip() for text in texts for part in re.split(r"(?<=[.!?…])\s+", text) if len(part.split()) > 3]


def paragraphs(count_of_words: int, seed: int = 1) -> list[str]:
    """Return so many words of prose, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # the same prose each time
    known, rare, made, count = sentences(), list(RARE), [], 0
    while count < count_of_words:
        chosen = [*chance.sample(known, 5), f"{', '.join(chance.sample(rare, 8)).capitalize()}."]
        text = " ".join(chosen)
        if len(made) % 6 == 5:
            text = text.upper()
        made.append(text)
        count += len(text.split())
    return made
