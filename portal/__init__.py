from portal.celery import app as celery_app  # so that tasks find the application wherever Django runs

__all__ = ["celery_app"]
