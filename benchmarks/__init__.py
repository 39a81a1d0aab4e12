"""Figures of speed and memory; never tests, since a machine's mood is no fault of the code."""
