"""Job folders for tests that hand the program what people would."""

from __future__ import annotations

import shutil
import struct
import zlib
from pathlib import Path

SHORT = """---
title: Con cò
kind: fairy-tale
age: 6-10
reteller: Thư viện tỉnh Bình Thuận
summary: Một chuyện rất ngắn.
cast:
  Cò: nu-mien-trung
rights:
  text: {basis: own-work, licence: CC0-1.0}
  pictures: {basis: own-work, licence: CC0-1.0}
  music: {basis: none}
  voice: {basis: synthetic}
motion: still
editions: []
made_for_kids: true
---

# Trên đồng

![Một con cò trắng đứng giữa đồng](cò trắng.png)
Con cò trắng đứng giữa đồng. Gió thổi rì rào.

Cò: Hôm nay trời đẹp quá!

# Chiều về

![Nắng chiều trên đồng lúa](chieu.png)
Chiều xuống, cò bay về tổ.
"""


def png(width: int, height: int, color: tuple[int, int, int] = (240, 220, 180)) -> bytes:
    """Return a PNG of one colour."""
    row = b"\0" + bytes(color) * width
    return _png(width, height, zlib.compress(row * height))


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and holds almost nothing."""
    return _png(width, height, zlib.compress(b""))


def _png(width: int, height: int, data: bytes) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def plain_job(shipped: Path, folder: Path) -> Path:
    """Copy a job that comes with the program, without motion and without other films; return its folder."""
    job = folder / shipped.name
    shutil.copytree(shipped, job)
    script = job / "script.md"
    text = script.read_text(encoding="utf-8").replace("---\n", "---\nmotion: still\neditions: []\n", 1)
    script.write_text(text, encoding="utf-8")
    return job


def short_job(folder: Path, script: str | bytes = SHORT) -> Path:
    """Write a job of two tiny chapters and two pictures; return its folder."""
    job = folder / "con-co"
    job.mkdir(parents=True)
    (job / "script.md").write_bytes(script if isinstance(script, bytes) else script.encode())
    (job / "cò trắng.png").write_bytes(png(320, 180))
    (job / "chieu.png").write_bytes(png(320, 180, (250, 150, 90)))
    return job
