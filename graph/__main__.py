"""`python -m graph` is `actorgraph`."""

import sys


def run() -> None:
    """The command line. Ctrl-C is answered from the first moment on, also while what it needs is imported."""
    try:
        from .cli import main  # noqa: PLC0415 - while this runs, Ctrl-C is answered

        main(prog_name="actorgraph")
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted. Nothing is half written.\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
