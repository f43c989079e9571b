"""The command line. Each command imports what it runs when it runs it, which keeps the others quick.

Exit codes: 0 when all is well, 1 for findings or an error that the user can mend, 2 for a command that was written
wrongly, 130 when it was interrupted. What was asked for goes to standard output, everything else to standard error.
"""

from __future__ import annotations

import click

from .authoring import check, format_, ground, new, positions, rewrite
from .building import build
from .group import Commands, examples
from .outputs import draw, export, relations, vocabulary
from .reading import diff, legal, path, query
from .stores import add, backup, load, remove, restore, serve, settle


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples("new harbour", "check cases/harbour", "build", 'query said-of --set actor="Port Authority"'),
)
@click.version_option(package_name="actorgraph", message="%(package)s %(version)s")
def main() -> None:
    """Turn sourced statements into a checked dataset and an interactive page: who said what about whom.

    A case is a folder of YAML files, or one file. Commands without a case use those under cases/.
    """


# In the order in which one needs them, which is the order of the help.
for _command in (
    build, check, new, ground, format_, rewrite, query, load, add, remove, settle, backup, restore, path, serve,
    diff, legal, positions, draw, export, relations, vocabulary,
):  # fmt: skip
    main.add_command(_command)
