"""The engine room: plain Python that decides what an answer does.

Nothing in here knows Django, Celery, the clock, the network or the file system, so every engine can
be used from a shell and tested by itself. An answer is data: it is read and replayed on a model,
never executed.
"""
