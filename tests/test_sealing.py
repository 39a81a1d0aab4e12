from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from media_service.errors import SetupError
from media_service.sealing import Sealing, new_key

WORDS = "1//mã-bí-mật-của-kênh"


def keys(file: Path, *lines: str) -> Path:
    file.write_text("".join(f"{line}\n" for line in lines))
    file.chmod(0o600)
    return file


def test_what_is_sealed_is_opened_again_and_shows_nothing(tmp_path: Path) -> None:
    sealing = Sealing(tmp_path / "key", ours=True)
    sealed = sealing.seal(WORDS)
    assert WORDS not in sealed
    assert sealing.unseal(sealed) == WORDS
    assert Sealing(tmp_path / "key", ours=True).unseal(sealed) == WORDS


def test_a_key_of_our_own_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    Sealing(tmp_path / "state" / "key", ours=True).seal(WORDS)
    assert (tmp_path / "state" / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["key"]


def test_many_who_make_the_first_key_at_once_have_one(tmp_path: Path) -> None:
    def come(number: int) -> str:
        return Sealing(tmp_path / "key", ours=True).seal(f"s{number}")

    with ThreadPoolExecutor(4) as pool:
        sealed = list(pool.map(come, range(4)))
    assert [Sealing(tmp_path / "key", ours=True).unseal(one) for one in sealed] == ["s0", "s1", "s2", "s3"]


def test_another_key_is_one_clear_sentence_without_the_secret(tmp_path: Path) -> None:
    sealed = Sealing(keys(tmp_path / "a", new_key()), ours=False).seal(WORDS)
    other = keys(tmp_path / "b", new_key())
    with pytest.raises(SetupError, match="does not open what the database keeps sealed") as refusal:
        Sealing(other, ours=False).unseal(sealed)
    assert str(other) in str(refusal.value)
    assert refusal.value.__suppress_context__
    assert sealed not in str(refusal.value)
    assert other.read_text().strip() not in str(refusal.value)


def test_a_missing_key_is_never_made_anew_for_what_is_sealed_already(tmp_path: Path) -> None:
    sealed = Sealing(tmp_path / "key", ours=True).seal(WORDS)
    (tmp_path / "key").unlink()
    with pytest.raises(SetupError, match="cannot be read"):
        Sealing(tmp_path / "key", ours=True).unseal(sealed)
    assert not (tmp_path / "key").exists()


def test_a_key_that_others_look_after_is_never_made(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="MEDIA_SERVICE_KEY_FILE"):
        Sealing(tmp_path / "key", ours=False).seal(WORDS)
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    keys(tmp_path / "key", new_key()).chmod(0o640)
    with pytest.raises(SetupError, match="mode 600"):
        Sealing(tmp_path / "key", ours=False).seal(WORDS)


@pytest.mark.parametrize("lines", [(), ("không phải khóa",), ("ngan",)])
def test_a_file_that_is_no_key_is_refused_and_not_shown(tmp_path: Path, lines: tuple[str, ...]) -> None:
    file = keys(tmp_path / "key", *lines)
    with pytest.raises(SetupError) as refusal:
        Sealing(file, ours=True).seal(WORDS)
    assert not lines or lines[0] not in str(refusal.value)


def test_a_new_key_on_top_seals_and_the_old_one_still_opens(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    before = Sealing(keys(tmp_path / "key", old), ours=False).seal(WORDS)
    both = Sealing(keys(tmp_path / "key", new, old), ours=False)
    after = both.seal(WORDS)
    assert both.unseal(before) == both.unseal(after) == WORDS
    assert Sealing(keys(tmp_path / "key", new), ours=False).unseal(after) == WORDS
