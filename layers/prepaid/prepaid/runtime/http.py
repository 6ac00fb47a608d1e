"""The edge of every HTTP function, with the real clock and the real log."""

from prepaid.runtime import clock, observability
from prepaid.web.endpoint import HttpAdapter

edge = HttpAdapter(now=clock.now, record=observability.record)
endpoint = edge.endpoint
