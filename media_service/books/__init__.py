"""Book files that librarians have, read into a Book: one file a format behind one door; nothing is judged here."""
