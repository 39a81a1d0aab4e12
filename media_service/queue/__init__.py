"""The queue: a doorbell over RQ, and the Redis it rings on. What is to be done stands in the database, never here."""
