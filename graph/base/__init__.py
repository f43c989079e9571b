"""What everything else stands on: errors, RDF terms and prefixes, ids, names, files, and the shipped resources."""
