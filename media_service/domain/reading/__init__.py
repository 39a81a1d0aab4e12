"""How written Vietnamese is read aloud: one module a subject, each a table of rules; `spoken` puts them in order."""
