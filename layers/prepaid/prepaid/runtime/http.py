"""The edge of every HTTP function, with the real clock and the real log."""

from prepaid.runtime import clock, observability
from prepaid.web.endpoint import Edge

edge = Edge(now=clock.now, record=observability.record)
endpoint = edge.endpoint
