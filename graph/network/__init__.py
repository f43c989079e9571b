"""The dataset as a networkx graph, and what is computed on it: measures, paths, what rests on a source."""
