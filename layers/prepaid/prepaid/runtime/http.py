"""The edge of every HTTP function, with the real clock and the real log."""

from prepaid.api.endpoint import Edge
from prepaid.runtime import clock, observability

edge = Edge(now=clock.now, record=observability.record)
endpoint = edge.endpoint
