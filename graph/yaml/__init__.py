"""Strict YAML: text in, values that know their line out; forms that turn them into fields or findings; small edits."""
