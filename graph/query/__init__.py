"""SPARQL over any store: queries and named queries in, rows, triples, or yes and no out."""
