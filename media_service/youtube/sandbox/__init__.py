"""A channel of our own that speaks the parts of YouTube Data API v3 that we use, and shows its page to people."""
