"""What learners reach, for whoever counts it: announced in the transaction that writes it."""

from __future__ import annotations

from django.dispatch import Signal

lesson_checked = Signal()  # user (a primary key), lesson (a row with its course)
lab_passed = Signal()  # user (a primary key), lab
