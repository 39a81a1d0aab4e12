"""The steps of the path, one file each: an episode in, the same episode grown out, the doors as arguments."""
