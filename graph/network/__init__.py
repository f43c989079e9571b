"""The dataset as a networkx graph, and what is computed on it: measures, lenses and paths."""
