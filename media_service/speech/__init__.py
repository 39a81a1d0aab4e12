"""Voice engines behind the one `Speech` door, and the voice profiles that name them.

Each engine is one module; `engines.py` knows them by name. Cutting a text into passages and levelling sound are the
affair of others.
"""
