"""Measures what the product costs; run as `python -m benchmarks` from the project's root."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "layers" / "prepaid"))
