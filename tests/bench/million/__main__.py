"""A million submissions: what each query of each page, of the sweeper and of the operator's
commands costs, as PostgreSQL explains it.

    createdb million
    DATABASE_URL=postgres://…/million python -m tests.bench.million [--plans WORD …]

The first run fills the database, which takes some minutes and 4 GB. `--plans` shows the largest
queries of what has one of these words in its name. Ends in an error where a page reads more than
its own rows.
"""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from tests.bench.million.cost import main  # noqa: E402

main()
