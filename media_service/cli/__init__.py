"""The command line: what a person types becomes an action, what happens becomes sentences in their language."""
