#!/usr/bin/env python3
"""The main job: build, check and draw the cases under cases/ into out/. Takes what `actorgraph build` takes."""

import sys

from graph.cli import main

if __name__ == "__main__":
    main(["build", *sys.argv[1:]], prog_name="build_graph.py")
