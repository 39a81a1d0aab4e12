"""Who lies where under output/: the shelf of products, and what people are shown of it."""
