"""What the works are and what follows from them: pure values and functions, standard library only."""
