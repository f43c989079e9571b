"""The group that all commands are in: their order, and errors that a user can mend as lines, never as a traceback."""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from typing import Any

import click

from ..base.errors import ActorgraphError

#: Characters that steer a terminal, or turn the order of what follows.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Printed:
    """A stream for people: a name out of a file that holds a control character cannot steer the terminal with it."""

    def __init__(self, stream: Any) -> None:
        #: For what we send the terminal ourselves, such as a bar that is drawn anew.
        self.unfiltered = stream

    def write(self, text: str) -> int:
        return int(self.unfiltered.write(_STEERING.sub("·", text)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unfiltered, name)


def write_data(data: bytes | str) -> None:
    """What a program reads, byte by byte; a terminal gets it as `Printed` has it."""
    if sys.stdout.isatty():
        click.echo(data.decode("utf-8", "replace") if isinstance(data, bytes) else data, nl=False)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data.encode() if isinstance(data, str) else data)
        sys.stdout.buffer.flush()


def json_text(value: object) -> str:
    """JSON in which nothing steers a terminal and nothing is lost."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class Commands(click.Group):
    """The commands, in the order in which one needs them. Errors a user can mend are lines, never a traceback."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        with redirect_stdout(Printed(sys.stdout)), redirect_stderr(Printed(sys.stderr)):
            self._invoke(ctx)

    def _invoke(self, ctx: click.Context) -> None:
        code = 0
        try:
            super().invoke(ctx)
            # A full disk or a closed pipe shows here, not while Python shuts down.
            sys.stdout.flush()
        except ActorgraphError as error:
            click.echo(str(error), err=True)
            code = 1
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            click.echo(f"Error: {error.format_message()}", err=True)
            code = error.exit_code
        except KeyboardInterrupt:
            click.echo("Interrupted. Nothing is half written.", err=True)
            code = 130
        except UnicodeEncodeError as error:
            click.echo(f"{error.object}: is a name that is not UTF-8. Rename the file.", err=True)
            code = 1
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
