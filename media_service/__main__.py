"""`python -m media_service` is the command line."""

from media_service.cli.main import run

run()
