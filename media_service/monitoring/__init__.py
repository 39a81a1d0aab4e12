"""Watching the service: its health and figures, for programs that ask over HTTP. Nothing can be changed from here."""
