"""From what staff hand in to a `Script`: text, front matter, body and pictures, each read without trusting it."""
