"""The outline of a sound: its highest peak in each tenth of a second, a byte each (0 silence, 255 full scale)."""

PER_SECOND = 10
