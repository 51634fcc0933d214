"""The running site: settings, URLs and server entry points."""

import sys
from pathlib import Path

# The apps lie beside site/, so whoever found this package (a server started in site/) finds them.
_checkout = str(Path(__file__).resolve().parents[2])
if _checkout not in sys.path:
    sys.path.append(_checkout)
