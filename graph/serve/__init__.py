"""The service: SPARQL over HTTP from a store of any size, and the page over it.

The web process never evaluates: it reads requests, and passes on what a worker process answers (`pool`, `worker`) or
what another SPARQL server answers (`distant`). Whatever a query does, the next one is answered.
"""
