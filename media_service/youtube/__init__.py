"""The channel: everything that knows YouTube's protocol, and a channel of our own that speaks it."""
