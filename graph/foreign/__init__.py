"""Any RDF in, our vocabulary out: what stands in a file is shown as standing there, never as a fact."""
