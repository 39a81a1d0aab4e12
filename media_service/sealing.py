"""Secrets at rest: sealed with a key that lies in a file of its own, so that a copied database tells nobody anything.

The file holds one key a line. The first seals; all of them unseal, so that a new key is put on top and the old ones go
when nothing sealed with them is left. Nothing here puts a secret or a key into a message.
"""

from __future__ import annotations

import os
import stat
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from media_service.errors import SetupError, WrongKeyError
from media_service.messages import message

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class Sealing:
    """Seals with the keys of a file, read when they are first needed."""

    def __init__(self, file: Path, *, ours: bool) -> None:
        """`ours`: whether a file that is not there is to be made, mode 600; one that others look after never is."""
        self._file = file
        self._ours = ours
        self._keys: MultiFernet | None = None

    def __repr__(self) -> str:
        return f"Sealing({str(self._file)!r})"

    def seal(self, secret: str) -> str:
        """Return the secret sealed: ASCII, another one each time. Raises SetupError where there is no key."""
        return self._opened().encrypt(secret.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Return what was sealed; raises SetupError where the key is missing, WrongKeyError where it is another."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415  # most commands need no secret

        try:
            return self._opened(make=False).decrypt(sealed.encode()).decode()
        except (InvalidToken, UnicodeError):  # from None: what did not open stays out of every traceback
            said = message(
                "The key in {file} does not open what the database keeps sealed; put the right key there, "
                "or connect the channel anew.",
                file=self._file,
            )
            raise WrongKeyError(said) from None

    def check(self) -> None:
        """Raise SetupError where the key cannot be used as it lies there; one that is not there yet is fine if ours."""
        if not self._ours or self._file.exists():
            self._opened()

    def _opened(self, *, make: bool = True) -> MultiFernet:
        if self._keys is None:
            if make and self._ours and not self._file.exists():
                _make(self._file)
            self._keys = _read(self._file)
        return self._keys


def new_key() -> str:
    """Return a new key, as a line of the file holds it."""
    from cryptography.fernet import Fernet  # noqa: PLC0415  # as above

    return Fernet.generate_key().decode()


def _make(file: Path) -> None:
    """Write a first key, whole or not at all; where another process is quicker, its key stays."""
    aside = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "w") as out:
            out.write(f"{new_key()}\n")
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(aside, file)
        aside.unlink()
    except OSError as exc:
        said = message("{file} cannot be written ({why}); correct its rights or name another.", file=file, why=exc)
        raise SetupError(said) from exc


def _read(file: Path) -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415  # as above

    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        lines = file.read_text(encoding="ascii").split()
    except (OSError, UnicodeError) as exc:
        said = message(
            "The key that opens the channel's secrets cannot be read ({file}); put it there, "
            "or name it in MEDIA_SERVICE_KEY_FILE.",
            file=file,
        )
        raise SetupError(said) from exc
    if mode & 0o077:
        raise SetupError(message("Others may read the key in {file}; give it the mode 600.", file=file))
    try:
        return MultiFernet([Fernet(line) for line in lines])
    except ValueError:  # from None: the line that is no key may be a secret all the same
        said = message("{file} holds no key of this program; put back the file that it has made.", file=file)
        raise SetupError(said) from None
