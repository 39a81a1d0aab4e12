"""The media service of the provincial library of Bình Thuận: from book text to reviewed, published sound and film."""

__version__ = "0.1.0"
