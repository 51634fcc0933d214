"""WSGI entry point of the benchmark's server."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

application = get_wsgi_application()
# Models can be imported from here on only, and addresses are read at the first request.
import_module("bench.stock_api").expose_content()
