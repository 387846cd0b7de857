"""Labs as they are done: the shadow of the catalog, learners' drafts and submissions, and their grades.

The submissions table is the queue; the broker is only a door-bell. A submission's life is
`queued → checking → graded | faulted`, in columns of its own row.
"""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.models import Course, LiveQuerySet, User


class LabQuerySet(LiveQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.live().filter(course__in=Course.objects.visible_to(user))


class Lab(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="labs")
    sections = models.ManyToManyField("lessons.Section", related_name="labs", blank=True)
    slug = models.SlugField(unique=True)  # the folder's name; score history hangs on the row
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    difficulty = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(default=10)
    objectives = models.JSONField(default=list)
    position = models.PositiveIntegerField(default=0)  # by the first lesson section it belongs to
    content_hash = models.CharField(max_length=64)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = LabQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("labs:lab_detail", args=[self.slug])


class Variant(models.Model):
    """One seeded version of a lab: the same task with other names and numbers."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="variants")
    number = models.PositiveSmallIntegerField()
    brief_html = models.TextField()
    explanation_html = models.TextField(blank=True)
    hints = models.JSONField(default=list)  # rendered, in order
    starter = models.TextField(blank=True)
    solution = models.TextField(blank=True)
    table = models.JSONField(default=dict)  # [spec] of lab.toml, values put in
    files = models.JSONField(default=dict)  # what read_spec may look at, name → text

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["lab", "number"], name="one_variant_per_number")]

    def __str__(self) -> str:
        return f"{self.lab} / {self.number}"


class Draft(models.Model):
    """What a learner is typing. `revision` counts saves, so that two tabs cannot overwrite each other silently."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="drafts")
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "lab"], name="one_draft_per_lab")]

    def __str__(self) -> str:
        return f"{self.user}'s draft of {self.lab}"


class State(models.TextChoices):
    QUEUED = "queued", _("Queued")
    CHECKING = "checking", _("Checking")
    GRADED = "graded", _("Graded")
    FAULTED = "faulted", _("Could not be checked")


class Submission(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions")
    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="submissions")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="submissions")
    text = models.TextField()
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # the form's: a POST sent twice finds its own row
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    fault = models.TextField(blank=True)  # for the operator; learners read a sentence of ours
    # The current grade, kept beside the append-only history so that lists need no subquery.
    grade = models.ForeignKey("Grade", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The queue's own columns.
    tries = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_publish = models.DateTimeField(default=timezone.now)
    publishes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["next_publish"],
                condition=models.Q(state__in=["queued", "checking"]),
                name="submissions_waiting",
            ),
            models.Index(fields=["user", "lab", "-created_at"], name="submissions_of_a_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.lab} ({self.state})"


class GradedBy(models.TextChoices):
    TASK = "task", _("Automatic")
    INSTRUCTOR = "instructor", _("Instructor")


class Grade(models.Model):
    """Append-only. A regrade or an override is a new row; an instructor's always outranks a later automatic one."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="grades")
    points = models.PositiveIntegerField()
    max_points = models.PositiveIntegerField()
    passed = models.BooleanField()
    report = models.JSONField()
    engine_version = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)  # of the lab when it was checked
    made_by = models.CharField(max_length=12, choices=GradedBy.choices, default=GradedBy.TASK)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="grades_given"
    )
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.points}/{self.max_points}"


class Worker(models.Model):
    """A worker's last sign of life, written by its sweeper."""

    name = models.CharField(max_length=200, primary_key=True)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
