"""Passwords, hashed by Argon2id with RFC 9106's second recommendation (64 MiB), a few at a time.

So much memory is what makes guessing dear; a crowd at the door must not take all that the machine has.
"""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

AT_ONCE = 2


class Passwords:
    """Hashes passwords and compares them."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """`hasher`: another than the one of the standard; tests take a cheap one."""
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)
        self._turn = threading.BoundedSemaphore(AT_ONCE)
        self._nobody = ""

    def hashed(self, password: str) -> str:
        """Return what is kept of a password."""
        with self._turn:
            return self._hasher.hash(password)

    def right(self, password: str, hashed: str) -> bool:
        """Tell whether a password is the one; as long for an account that is not there (`hashed` empty)."""
        if not hashed:
            self._nobody = self._nobody or self.hashed("nobody's password")
        with self._turn:
            try:
                self._hasher.verify(hashed or self._nobody, password)
            except (VerifyMismatchError, VerificationError, InvalidHashError):
                return False
            return bool(hashed)
