"""Templates -> what a channel shows beside a video. What fits there is told by `domain/listing.py`."""
