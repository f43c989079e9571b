"""A case: what it holds (`model`), how its files are read (`reader`), and how they are begun and grounded."""
