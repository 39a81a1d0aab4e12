"""The studio: pages for people and an API for programs, over the same doors as the command line; the only web server.

What may be done by whom is `domain.permissions`; what is done stands in actions and doors. Here is only how it is asked
and shown.
"""
