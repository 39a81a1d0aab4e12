"""Picture files as pixels: PNG, JPEG, WebP and SVG of any kind people hand in become RGB, upright, in sRGB, on paper.

How a picture is framed on a slide is for `framing` to say.
"""

from __future__ import annotations

import codecs
import io
import re
import struct
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from media_service.domain.script import MOST_PIXELS
from media_service.errors import refused
from media_service.messages import message
from media_service.slides import resvg

SVG_FRAME = (1920, 1080)
"""An SVG is drawn just large enough to cover this frame, but never longer than `SVG_LONGEST`."""
SVG_LONGEST = 2200
NUMBER = re.compile(r"\s*([0-9.]+(?:e[0-9]+)?)\s*(px|mm|cm|in|pt|pc|em|ex)?\s*\Z")
SPLIT = re.compile(r"[\s,]+")


def load(path: Path, name: str, paper: str) -> Image.Image:
    """Return a picture as upright RGB; what is transparent shows `paper` (`#rrggbb`). Raises as `open_any` does."""
    return _on_paper(open_any(path, name), paper)


def open_any(path: Path, name: str) -> Image.Image:
    """Return a picture upright, in sRGB, RGB or RGBA.

    `name` is the file's name in people's words. Raises InputError naming it: missing, damaged, too large, of no known
    kind, or an SVG that asks for other files.
    """
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise refused(
            name,
            message("The picture {file} cannot be opened; check that it is in the job folder.", file=name),
        ) from exc
    is_vector = data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")
    return _vector(data, name) if is_vector else _raster(data, name)


def _raster(data: bytes, name: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP"))
            _check_size(opened)
            opened.load()
            return _srgb(ImageOps.exif_transpose(opened))
    except UnidentifiedImageError as exc:
        raise refused(
            name,
            message("The file {file} is not a PNG, JPEG or WebP picture; save it as one of these.", file=name),
        ) from exc
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as exc:
        limit = MOST_PIXELS // 1_000_000
        raise refused(
            name,
            message("{picture} has more than {limit} million pixels; save it smaller.", picture=name, limit=limit),
        ) from exc
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as exc:
        raise refused(
            name,
            message("{picture} is damaged or was not copied to its end; copy or save it again.", picture=name),
        ) from exc


def _check_size(opened: Image.Image) -> None:
    if opened.width * opened.height > MOST_PIXELS:
        raise Image.DecompressionBombError


def _vector(data: bytes, name: str) -> Image.Image:
    try:
        svg = data.decode("utf-8-sig")
        width, height = _shape(resvg.refuse_outside(svg))
        scale = min(max(SVG_FRAME[0] / width, SVG_FRAME[1] / height), SVG_LONGEST / max(width, height))
        drawn = resvg.png(svg, width=max(1, round(width * scale)))
    except resvg.OutsideReferenceError as exc:
        raise refused(
            name,
            message(
                "The drawing {file} asks for another file ({what}); embed it in the drawing.",
                file=name,
                what=str(exc),
            ),
        ) from exc
    except ValueError as exc:
        raise refused(
            name,
            message(
                "The drawing {file} cannot be drawn ({reason}); save it as plain SVG.",
                file=name,
                reason=str(exc),
            ),
        ) from exc
    return Image.open(io.BytesIO(drawn))


def _shape(root: dict[str, str]) -> tuple[float, float]:
    """Return width and height of an SVG, by its view box where it does not say."""
    box = SPLIT.split(root.get("viewBox", "").strip())
    sides = (box[2], box[3]) if len(box) == 4 else (root.get("width", ""), root.get("height", ""))
    width, height = (float(found[1]) if (found := NUMBER.match(side)) else 0.0 for side in sides)
    if not width or not height or not 1 / 200 < width / height < 200:
        raise ValueError("it has no usable width and height")
    return width, height


def _srgb(opened: Image.Image) -> Image.Image:
    """Bring any mode to RGB or RGBA of sRGB: print colours, 16 bits, palettes, cameras' wide colours."""
    if opened.mode.startswith(("I", "F")):
        opened = _eight_bits(opened)
    if opened.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in opened.info:
        return opened.convert("RGBA")
    profile = opened.info.get("icc_profile")
    if profile and opened.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(opened, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):  # a broken profile says nothing; the plain numbers are the best guess
            turned = None
        if turned is not None:
            return turned
    return opened if opened.mode == "RGBA" else opened.convert("RGB")


def _eight_bits(opened: Image.Image) -> Image.Image:
    """Scale grey of 16 bits down; Pillow itself would cut everything above 255 off."""
    values = np.asarray(opened).astype(np.float64)
    return Image.fromarray((values / 257).round().clip(0, 255).astype(np.uint8))


def _on_paper(opened: Image.Image, paper: str) -> Image.Image:
    if opened.mode != "RGBA":
        return opened.convert("RGB")
    sheet = Image.new("RGBA", opened.size, paper)
    sheet.alpha_composite(opened)
    return sheet.convert("RGB")
