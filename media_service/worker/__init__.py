"""Does what the bell rings for: one stage, one child process, under a lease; and looks after those who do it."""
