#!/usr/bin/env python3
"""The main job: cases/ becomes out/dataset.trig (and .ttl) and out/graph.html. Takes what `actorgraph build` takes."""

import sys

from graph.cli import main
from graph.cli.building import Job
from graph.pipeline import CaseGraph


def build(job: Job) -> CaseGraph:
    case = job.load()  # YAML: who is who, and for each passage who says what
    job.check(case)  # fairness, and the shapes of the dataset
    dataset = case.trig  # RDF: every statement, and how each relationship stands by what all say of it
    network = case.pyvis(job.lang)  # nodes and edges, with their names, shapes, line styles and positions
    page = job.draw(case, network)  # one HTML file that asks nothing of any network
    job.write(case, dataset, page)  # all, or nothing
    return case


if __name__ == "__main__":
    main(["build", *sys.argv[1:]], prog_name="build_graph.py", obj=build)
