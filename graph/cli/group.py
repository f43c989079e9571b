"""The group that all commands are in: their order, and errors that a user can mend as lines, never as a traceback."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import click

from ..base.errors import ActorgraphError


class Commands(click.Group):
    """The commands, in the order in which one needs them. Errors a user can mend are lines, never a traceback."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        code = 0
        try:
            super().invoke(ctx)
            # A full disk or a closed pipe shows here, not while Python shuts down.
            sys.stdout.flush()
        except ActorgraphError as error:
            click.echo(str(error), err=True)
            code = 1
        except KeyboardInterrupt:
            click.echo("Interrupted. Nothing is half written.", err=True)
            code = 130
        except BrokenPipeError:
            _close_output()
        except OSError as error:
            _close_output()
            where = error.filename or "standard output"
            click.echo(f"{where}: {error.strerror or error}. Check the path, its permissions and the space.", err=True)
            code = 1
        if code:
            ctx.exit(code)


def _close_output() -> None:
    """What is still to be written has nowhere to go: without this, Python would say so when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  actorgraph {line}" for line in lines)
