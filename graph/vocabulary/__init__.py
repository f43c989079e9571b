"""The vocabulary: kinds of actors and things, relations with their phrases, units, and the terms of evidence.

One source, `ontology/vocabulary.yaml`; a case may declare kinds, relations and units in the same form. `reader` makes a
`Vocabulary` (`model`) of it, and `owl` the OWL that is published as `ontology/actors.ttl` and travels in every dataset.
"""
