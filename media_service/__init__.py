"""The media service of the provincial library of Bình Thuận: from a script to narrated sound and film."""

__version__ = "0.2.0.dev0"
