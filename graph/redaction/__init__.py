"""Copies of a case in which people, bodies or documents are withheld."""
