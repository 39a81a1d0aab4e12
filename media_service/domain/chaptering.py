"""From a book to chapters that become episodes: cut where its outline says, short ones joined, long ones split.

Every decision is told with its reason; no word that is read aloud is lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import accumulate, pairwise

from media_service.domain.book import Block, Book, Break, Heading, Image, Omission, Paragraph, Place, Role, count_words
from media_service.domain.leaving_out import judged, omissions, text_of
from media_service.domain.outline import Basis, Node, Outline, WordsBetween, chosen, outline
from media_service.domain.titles import folded, is_bare_number, is_capitals, numbered
from media_service.messages import Message, message

OPENING = "Mở đầu"
"""Title of what stands before the first chapter and has none of its own."""


@dataclass(frozen=True, slots=True)
class Target:
    """How long chapters may be, in words: shorter ones are joined to a neighbour, longer ones split."""

    longest: int = 11_000
    """An hour of calm reading."""
    shortest: int = 20


class Step(StrEnum):
    """What was decided."""

    CUT = "cut"
    OMITTED = "omitted"
    JOINED = "joined"
    SPLIT = "split"
    TITLED = "titled"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision with its reason."""

    step: Step
    said: Message
    place: Place = field(default_factory=Place)
    words: int = 0


@dataclass(frozen=True, slots=True)
class Chapter:
    """What becomes one episode; the title may be empty where a book has a single chapter."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Its words as plain text, paragraphs parted by empty lines; headings inside are among them, the title not."""
        return "\n\n".join(text for block in self.blocks if (text := text_of(block)))

    @property
    def words(self) -> int:
        """How many words it has."""
        return count_words(self.text)

    @property
    def place(self) -> Place:
        """Where it begins."""
        return next((block.place for block in self.blocks), Place())


@dataclass(frozen=True, slots=True)
class Chaptered:
    """A book as chapters, what was decided on the way, what is left out, and the title it gives itself."""

    chapters: tuple[Chapter, ...]
    decisions: tuple[Decision, ...]
    omitted: tuple[Omission, ...]
    title: str = ""


def chapters(book: Book, target: Target | None = None) -> Chaptered:
    """Return a book's chapters."""
    aim = target or Target()
    first = outline(book, book.blocks)
    blocks = judged(book, first.starts())
    titles = outline(book, blocks)
    cut = list(_cut(blocks, titles))
    own_title = _own_title(titles)
    cut, dropped = _without_book_title(cut, own_title or book.metadata.title)
    left_out = (*omissions(blocks), *dropped, *book.omitted)
    joined, joins = _joined([chapter for chapter in cut if chapter.title or chapter.blocks], aim)
    split, splits = _split(joined, aim)
    said = [_basis(titles, len(cut)), *map(_omitted, left_out), *joins, *splits]
    return Chaptered(tuple(split), tuple(said), left_out, own_title)


def _cut(blocks: Sequence[Block], titles: Outline) -> Iterator[Chapter]:
    """Yield chapters as the outline cuts them, empty ones among them."""
    between = _words_before(blocks)
    starts = [node for node in chosen(titles.nodes, between) if blocks[node.block : node.block + 1]]
    edges = [node.block for node in starts]
    edges = list(accumulate(edges, max))  # of a list out of order what comes later wins nothing back
    yield from _before(blocks[: edges[0] if edges else len(blocks)], alone=not edges)
    for node, (begin, end) in zip(starts, pairwise([*edges, len(blocks)]), strict=True):
        title, rest = _titled(node, [block for block in blocks[begin:end] if block.role is Role.TEXT], titles.basis)
        yield Chapter(title, rest)


def _before(blocks: Sequence[Block], *, alone: bool) -> Iterator[Chapter]:
    """Yield what stands before the first title."""
    front = tuple(block for block in blocks if block.role is Role.TEXT)
    if any(text_of(block) or isinstance(block, Image) for block in front):
        yield Chapter("" if alone else OPENING, front)


def _titled(node: Node, blocks: Sequence[Block], basis: Basis) -> tuple[str, tuple[Block, ...]]:
    """Return a chapter's full title and what stands under it, the lines of the title taken out."""
    texts = [at for at, block in enumerate(blocks[:6]) if text_of(block)]
    taken: set[int] = set()
    title = node.title
    left = folded(title)
    for at in texts:
        own = folded(text_of(blocks[at]))
        if own and (left == own or left.startswith(own + " ")):
            taken.add(at)
            left = left[len(own) :].strip()
        else:
            break
    one = numbered(title)
    if basis is not Basis.CONTENTS and taken and ((one and one.bare) or is_bare_number(title)):
        following = next((at for at in texts if at not in taken), None)
        if following is not None and _names_chapter(blocks[following], blocks[following + 1 : following + 2]):
            taken.add(following)
            title = f"{title.rstrip(' .:–—-')}. {text_of(blocks[following])}"
    return title, tuple(block for at, block in enumerate(blocks) if at not in taken)


def _names_chapter(block: Block, after: Sequence[Block]) -> bool:
    """Tell whether a line below `Chương 1` is that chapter's name."""
    text = text_of(block)
    if numbered(text) or is_bare_number(text) or len(text) > 90 or not after:
        return False
    if isinstance(block, Heading) or is_capitals(text):
        return True
    plain = text[0].isupper() and text[-1] not in ".,:;!?…”\"'" and count_words(text) <= 12
    return isinstance(block, Paragraph) and plain and len(text_of(after[0])) > len(text)


def _own_title(titles: Outline) -> str:
    """Return the title under which the whole book stands, empty where there is none."""
    roots = titles.nodes
    alone = len(roots) == 1 and len(roots[0].under) >= 2 and roots[0].number is None
    return roots[0].title if alone and titles.basis is not Basis.PATTERNS else ""


def _without_book_title(cut: list[Chapter], title: str) -> tuple[list[Chapter], list[Omission]]:
    """Take out a first chapter that is the book's title alone."""
    for at, chapter in enumerate(cut[:2]):
        if title and folded(chapter.title) == folded(title) and not chapter.words and len(cut) > at + 1:
            told = Omission(chapter.title, Role.TITLE_PAGE, chapter.place, count_words(chapter.title))
            rest = replace(cut[at + 1], blocks=(*chapter.blocks, *cut[at + 1].blocks))
            return [*cut[:at], rest, *cut[at + 2 :]], [told]
    return cut, []


def _joined(cut: Sequence[Chapter], target: Target) -> tuple[list[Chapter], list[Decision]]:
    """Join chapters that are too short to the next one, the last one to the one before; their titles stay inside."""
    made: list[Chapter] = []
    told: list[Decision] = []
    waiting: list[Block] = []
    for at, chapter in enumerate(cut):
        short = chapter.words < target.shortest and (len(cut) > 1)
        if short and at + 1 < len(cut):
            told.append(_join(chapter, cut[at + 1]))
            waiting += _with_title(chapter)
        elif short and made:
            told.append(_join(chapter, made[-1]))
            made[-1] = replace(made[-1], blocks=(*made[-1].blocks, *waiting, *_with_title(chapter)))
        else:
            made.append(_led(waiting, chapter))
            waiting = []
    return made, told


def _led(lead: Sequence[Block], chapter: Chapter) -> Chapter:
    """Put short chapters before a chapter, so that titles and words stay in the order of the book."""
    if not lead or not isinstance(lead[0], Heading):
        return replace(chapter, blocks=(*lead, *chapter.blocks))
    if all(isinstance(block, Heading) for block in lead):
        return Chapter(". ".join([*map(text_of, lead), chapter.title]), chapter.blocks)
    return Chapter(text_of(lead[0]), (*lead[1:], *_with_title(chapter)))


def _with_title(chapter: Chapter) -> tuple[Block, ...]:
    if not chapter.title or chapter.title == OPENING:
        return chapter.blocks
    return (Heading(chapter.title, 2, chapter.place), *chapter.blocks)


def _join(chapter: Chapter, to: Chapter) -> Decision:
    said = message(
        "“{title}” has only {words} words; it is joined to “{other}”.",
        title=chapter.title,
        words=chapter.words,
        other=to.title,
    )
    return Decision(Step.JOINED, said, chapter.place, chapter.words)


def _split(cut: Sequence[Chapter], target: Target) -> tuple[list[Chapter], list[Decision]]:
    """Split chapters that are too long into pieces of about the same length, between paragraphs."""
    made: list[Chapter] = []
    told: list[Decision] = []
    for chapter in cut:
        count = -(-chapter.words // target.longest)
        pieces = list(_pieces(chapter.blocks, chapter.words / count)) if count > 1 else [chapter.blocks]
        if len(pieces) == 1:
            made.append(chapter)
            continue
        made += [Chapter(f"{chapter.title} ({number})".strip(), piece) for number, piece in enumerate(pieces, 1)]
        said = message(
            "“{title}” has {words} words; it is split into {count} parts of about the same length.",
            title=chapter.title,
            words=chapter.words,
            count=len(pieces),
        )
        told.append(Decision(Step.SPLIT, said, chapter.place, chapter.words))
    return made, told


def _pieces(blocks: Sequence[Block], size: float) -> Iterator[tuple[Block, ...]]:
    """Yield pieces that each end near their share, between paragraphs; a change of scene near by is preferred."""
    piece: list[Block] = []
    total, due = 0, size
    last = max((at for at, block in enumerate(blocks) if text_of(block)), default=-1)
    for at, block in enumerate(blocks):
        words = count_words(text_of(block))
        near = total >= due - size * 0.1 and isinstance(block, Break | Heading)
        full = total + words / 2 > due
        worth = at <= last and any(text_of(one) for one in piece)
        if (near or full) and worth and not (piece and isinstance(piece[-1], Heading)):
            yield tuple(piece)
            piece = []
            due += size
        piece.append(block)
        total += words
    yield tuple(piece)


def _words_before(blocks: Sequence[Block]) -> WordsBetween:
    before = [0]
    for block in blocks:
        before.append(before[-1] + (count_words(text_of(block)) if block.role is Role.TEXT else 0))
    return WordsBetween(tuple(before))


_BASES = {
    Basis.CONTENTS: message("Chapters follow the book's own contents list."),
    Basis.HEADINGS: message("Chapters follow the headings of the text; the book has no contents list."),
    Basis.PATTERNS: message(
        "Chapters follow lines that look like titles; the book has neither contents list nor headings."
    ),
    Basis.NOTHING: message("No chapters were found; the whole text is one."),
}


def _basis(titles: Outline, count: int) -> Decision:
    del count
    return Decision(Step.CUT, _BASES[titles.basis])


_WHY = {
    Role.COVER: message("the cover"),
    Role.TITLE_PAGE: message("the title page"),
    Role.COPYRIGHT: message("the imprint"),
    Role.CONTENTS: message("the list of contents"),
    Role.INDEX: message("the index"),
    Role.BIBLIOGRAPHY: message("the list of sources"),
    Role.NOTE: message("notes"),
    Role.NOTE_MARK: message("note marks"),
    Role.PAGE_NUMBER: message("page numbers"),
    Role.RUNNING_HEAD: message("headers and footers of pages"),
    Role.RUBY: message("small letters above words (ruby)"),
    Role.CODE: message("scripts, forms, addresses on the net"),
    Role.DECORATION: message("decorations"),
}


def why(role: Role) -> Message:
    """Return in words what is left out."""
    return _WHY[role]


def _omitted(omission: Omission) -> Decision:
    said = message("Left out: {why} (“{what}”).", why=why(omission.why), what=omission.what)
    return Decision(Step.OMITTED, said, omission.place, omission.words)
