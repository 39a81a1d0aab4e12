"""Speaks a few Vietnamese sentences with eSpeak NG into a folder, one raw file each; run as a program by the tests."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import espeakng_loader

LINES = (
    ("vi", 50, "Ngày xửa ngày xưa, ở một làng nọ, có hai chị em cùng cha khác mẹ."),
    ("vi+f3", 75, "Bống bống bang bang, lên ăn cơm vàng cơm bạc nhà ta."),
    ("vi+m3", 25, "Con đi chăn trâu, chăn đồng xa, chớ chăn đồng nhà."),
    ("vi+f2", 60, "Tấm ở với dì ghẻ là mẹ của Cám."),
    ("vi", 50, "Hằng ngày Tấm phải làm lụng luôn canh, hết chăn trâu, gánh nước, đến thái khoai, vớt bèo."),
)
Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def main(folder: Path) -> None:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)
    pieces: list[bytes] = []

    @Heard
    def heard(wave: int | None, count: int, _: int | None) -> int:
        if wave and count > 0:
            pieces.append(ctypes.string_at(wave, count * 2))
        return 0

    library.espeak_SetSynthCallback(heard)
    for number, (voice, pitch, line) in enumerate(LINES):
        pieces.clear()
        library.espeak_SetVoiceByName(voice.encode())
        library.espeak_SetParameter(1, 140, 0)
        library.espeak_SetParameter(3, pitch, 0)
        text = line.encode() + b"\0"
        library.espeak_Synth(text, len(text), 0, 1, 0, 1, None, None)
        (folder / f"{number}.pcm").write_bytes(b"".join(pieces))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
