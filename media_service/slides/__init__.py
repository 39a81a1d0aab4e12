"""Draws slides and thumbnails: values of `domain/slide.py` become SVG by Jinja2 and pictures by resvg, nothing more."""
