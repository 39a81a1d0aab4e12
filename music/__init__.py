"""Music of the house: scores, what plays them, and what was played."""
