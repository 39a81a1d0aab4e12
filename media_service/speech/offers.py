"""The Piper voices that can be installed, as data: files, sizes, checksums, licences.

Sizes and licences are those of the official repository (rhasspy/piper-voices, revision v1.0.0). Its own list names no
SHA-256; where one stands here, several who use the file publish the same. Where none stands, what is fetched first is
believed: its size is checked, its SHA-256 is recorded, and from then on anything else is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file of the repository; `sha256` is empty where none is known."""

    path: str
    size: int
    sha256: str = ""

    @property
    def name(self) -> str:
        """Its name, without folders."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Offer:
    """A voice that can be installed."""

    name: str
    model: OfferedFile
    config: OfferedFile
    licence: str
    publishable: bool
    """Whether its licence lets a public library publish what it speaks."""
    url: str
    """Where the licence can be read."""

    @property
    def size(self) -> int:
        """Bytes to fetch in all."""
        return self.model.size + self.config.size


def _offer(name: str, files: tuple[OfferedFile, OfferedFile], licence: str, *, publishable: bool) -> Offer:
    folder = files[0].path.rpartition("/")[0]
    card = f"https://huggingface.co/rhasspy/piper-voices/blob/v1.0.0/{folder}/MODEL_CARD"
    return Offer(name, *files, licence, publishable, card)


_VAIS = "vi/vi_VN/vais1000/medium/vi_VN-vais1000-medium.onnx"
_HOURS = "vi/vi_VN/25hours_single/low/vi_VN-25hours_single-low.onnx"
_VIVOS = "vi/vi_VN/vivos/x_low/vi_VN-vivos-x_low.onnx"

OFFERS: Mapping[str, Offer] = {
    offer.name: offer
    for offer in (
        _offer(
            "vi_VN-vais1000-medium",
            (
                OfferedFile(_VAIS, 63_201_294, "ec7c89e2c85f4d1edc24b6120c18aaf1bda614f06b511567eb9c7c0de15e2dab"),
                OfferedFile(f"{_VAIS}.json", 4_860, "fafb9da1354ed4b77c31af228ed41fb41cd825c14cffa105454b25e6ae751ee0"),
            ),
            "MIT (mô hình); CC BY 4.0 (VAIS-1000: Do Quoc Truong, Luong Chi Mai)",
            publishable=True,
        ),
        _offer(
            "vi_VN-25hours_single-low",
            (OfferedFile(_HOURS, 63_104_526), OfferedFile(f"{_HOURS}.json", 0)),
            "MIT (mô hình); không rõ giấy phép của dữ liệu (InfoRe)",
            publishable=False,
        ),
        _offer(
            "vi_VN-vivos-x_low",
            (OfferedFile(_VIVOS, 27_789_413), OfferedFile(f"{_VIVOS}.json", 0)),
            "MIT (mô hình); CC BY-NC-SA 4.0 (VIVOS, AILAB ĐHQG-HCM): không dùng vào mục đích thương mại",
            publishable=False,
        ),
    )
}
"""Name of a model -> what is offered."""
LARGEST_CONFIG = 1 << 20
"""Bytes of a configuration whose size is not known beforehand (`size` 0): the real ones have five thousand."""
