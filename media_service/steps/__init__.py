"""The steps of the path, one file each: an episode in, the same episode grown out, the doors as arguments.

`take_in` and `present` stand at its ends; `paint` serves `film` and `describe`.
"""
