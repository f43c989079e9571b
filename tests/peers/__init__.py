"""Programs that others wrote and that the tests talk to, started here and gone at the end."""
