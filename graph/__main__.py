"""`python -m graph` is `actorgraph`."""

from .cli import main

main(prog_name="actorgraph")
