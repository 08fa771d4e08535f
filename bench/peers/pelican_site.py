"""Pelican on a folder of Markdown with its plain theme: the seconds it takes, as a line of JSON."""

import json
import sys
import time

from pelican import Pelican
from pelican.settings import read_settings

content, output = sys.argv[1:]
settings = read_settings(
    override={
        "PATH": content,
        "OUTPUT_PATH": output,
        "THEME": "simple",
        "SITENAME": "Desk",
        "SITEURL": "https://desk.invalid",
        "TIMEZONE": "UTC",
        "DEFAULT_LANG": "en",
        "FEED_ALL_ATOM": "feeds/all.atom.xml",
        "CACHE_CONTENT": False,
        "DELETE_OUTPUT_DIRECTORY": False,
    }
)
started = time.perf_counter()
Pelican(settings).run()
print(json.dumps({"seconds": time.perf_counter() - started}))
