"""How the schema came to be: one module for each revision, run in the transaction of whoever opens the database."""
