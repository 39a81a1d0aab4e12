"""Pages for people to read, each one file that needs nothing else: what they say is decided elsewhere."""
