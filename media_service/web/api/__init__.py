"""The studio's functions for programs, as JSON with OpenAPI: one module a group, each address for one action and scope.

Whoever carries a token may do with it what its scopes allow and its owner may; the functions are those of the pages.
"""
