"""Who learns together, what, and who teaches them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import chain, count
from typing import Any, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lessons.editions import new_edition
from lessons.models import Course
from lessons.people import User
from portal.cohorts.models.choices import Counts, Late, Role
from portal.cohorts.models.labels import MOST, joined, labels_in

COPIED = ("language", "late", "counts", "stuck_after", "away_days", "behind_after", "dropped_days")
TEACHING = (Role.ASSISTANT, Role.INSTRUCTOR)


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Who may do what in a cohort is decided by finding it: `seen_by` for looking at people and
    their work and for comments, `led_by` for whatever changes something. Both hold all cohorts for
    an administrator."""

    def seen_by(self, user: User) -> Self:
        """Each row says `.is_led`: whether `user` may change something, too."""
        if user.is_superuser:
            return self.annotate(is_led=Value(True))
        leads = Membership.objects.filter(user=user.pk, role=Role.INSTRUCTOR)
        return self.taught_by(user).annotate(is_led=Exists(leads.filter(cohort=OuterRef("pk"))))

    def led_by(self, user: User) -> Self:
        return self.seen_by(user).filter(is_led=True)

    def taught_by(self, user: User) -> Self:
        """Those that `user` belongs to as an assistant or instructor."""
        mine = Membership.objects.filter(user=user.pk, role__in=TEACHING)
        return self.filter(pk__in=mine.values("cohort"))

    def live(self) -> Self:
        return self.filter(archived_at__isnull=True)

    def archived(self) -> Self:
        return self.filter(archived_at__isnull=False)

    def learnt_in_by(self, user: int) -> Self:
        """As `belonging.in_order`: live ones first, then where they came last."""
        mine = self.filter(memberships__user=user, memberships__role=Role.LEARNER)
        return mine.order_by(F("archived_at").desc(nulls_first=True), "-memberships__pk")

    def open(self, name: str, courses: Iterable[Course], *, by: User) -> Cohort:
        """A new one, led by whoever opens it."""
        chosen = list(courses)
        with transaction.atomic():
            cohort = self.create(name=name, slug=self.free_slug(name), course=chosen[0])
            cohort.choose(chosen)
            cohort.enrol(by, role=Role.INSTRUCTOR)
        return cohort

    def free_slug(self, name: str) -> str:
        """An address that no other has, also where `name` has no letters of the alphabet. It stays
        when the name changes."""
        root = slugify(name)[:40].strip("-") or "cohort"
        taken = set(self.model.objects.filter(slug__startswith=root).values_list("slug", flat=True))
        numbered = (f"{root}-{number}" for number in count(2))
        taken.add("new")  # /cohorts/new/ is a page
        return next(slug for slug in chain([root], numbered) if slug not in taken)

    def with_sizes(self) -> Self:
        """Each row gets `.size`: how many learners it has."""
        return self.annotate(size=Count("memberships", filter=Q(memberships__role=Role.LEARNER)))


class Cohort(models.Model):
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(unique=True)
    # The first of its courses: all that a version knows which had only one.
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="cohorts")
    courses = models.ManyToManyField(
        Course, verbose_name=_("courses"), related_name="cohorts_learning"
    )
    # Of the mail to people whose own is not known
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="en", db_default="en"
    )
    late = models.CharField(
        _("what late means"),
        max_length=12,
        choices=Late.choices,
        default=Late.SHOWN,
        db_default=Late.SHOWN,
    )
    counts = models.CharField(
        _("what completes a lesson"),
        max_length=12,
        choices=Counts.choices,
        default=Counts.CLICK,
        db_default=Counts.CLICK,
    )
    # A new name with each change of its due dates; "" while there are none (`dates.py`)
    dates_edition = models.CharField(max_length=32, blank=True, default="", db_default="")
    # Beyond these lines somebody needs help (portal/guidance/attention.py)
    stuck_after = models.PositiveSmallIntegerField(
        _("failed verdicts in one lab"), default=3, db_default=3
    )
    away_days = models.PositiveSmallIntegerField(_("days away"), default=7, db_default=7)
    behind_after = models.PositiveSmallIntegerField(
        _("things due and not done"), default=1, db_default=1
    )
    dropped_days = models.PositiveSmallIntegerField(_("days unreviewed"), default=7, db_default=7)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = CohortQuerySet.as_manager()

    is_led: bool  # of who asked for it: `seen_by`

    class Meta:
        verbose_name, verbose_name_plural = _("cohort"), _("cohorts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever names one course only, as before there could be several, means that one."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.courses.add(self.course_id)

    def get_absolute_url(self) -> str:
        return reverse("cohort_detail", args=[self.slug])

    def choose(self, courses: Iterable[Course]) -> None:
        """These from now on, at least one of them; what was done in others stays."""
        chosen = list(courses)
        with transaction.atomic():
            if self.course not in chosen:
                self.course = chosen[0]
                self.save(update_fields=["course"])
            self.courses.set(chosen)

    def copy(
        self, name: str, *, by: User, with_team: bool, days_later: int | None = None
    ) -> Cohort:
        """The same courses for other learners, and the same people to teach them; without a number
        of days without due dates."""
        cohort = Cohort.objects.open(name, self.courses.all(), by=by)
        for name in COPIED:
            setattr(cohort, name, getattr(self, name))
        cohort.save(update_fields=COPIED)
        if days_later is not None:
            self.due_dates.copy_to(cohort, later=timedelta(days=days_later))
        team = self.memberships.filter(role__in=TEACHING).select_related("user")
        for membership in team if with_team else ():
            cohort.enrol(membership.user, role=membership.role)
        return cohort

    def archive(self) -> None:
        """Nobody new comes in. Whoever is in keeps their courses."""
        now = timezone.now()
        with transaction.atomic():
            self.archived_at = now
            self.save(update_fields=["archived_at"])
            self.invitations.open().update(expires_at=now)

    def unarchive(self) -> None:
        with transaction.atomic():
            self.archived_at = None
            self.save(update_fields=["archived_at"])
            self.renew_dates()  # a version before this one took their name away

    def renew_dates(self) -> None:
        """Every process that keeps the cohort's due dates reads them anew. Whether the cohort is
        archived makes no difference: that is asked where somebody would be hurried."""
        self.dates_edition = new_edition() if self.due_dates.exists() else ""
        self.save(update_fields=["dates_edition"])

    def people(self, *roles: Role) -> models.QuerySet[Any]:
        """Persons, not memberships."""
        here = {"memberships__cohort": self, "memberships__role__in": roles}
        return get_user_model().objects.filter(**here)

    @property
    def learners(self) -> models.QuerySet[Any]:
        return self.people(Role.LEARNER)

    @property
    def instructors(self) -> models.QuerySet[Any]:
        return self.people(Role.INSTRUCTOR)

    @property
    def teachers(self) -> models.QuerySet[Any]:
        """Instructors and assistants, by name."""
        return self.people(*TEACHING).order_by("name", "email")

    def enrol(self, user: User, *, role: str = Role.LEARNER) -> Membership:
        """Somebody who is a member already keeps the role they have."""
        membership, _created = self.memberships.get_or_create(
            user_id=user.pk, defaults={"role": role}
        )
        return membership


class Membership(models.Model):
    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, related_name="memberships", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.LEARNER)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Of the cohort's own: "group b, repeats" (`labels.py`)
    labels = models.CharField(_("labels"), max_length=200, blank=True, default="", db_default="")

    class Meta:
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], name="one_membership_per_cohort")
        ]
        indexes = [
            models.Index(
                fields=["role"],
                condition=models.Q(role__in=TEACHING),
                name="memberships_that_teach",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.cohort} ({self.role})"

    @property
    def label_list(self) -> list[str]:
        return labels_in(self.labels)

    def label(self, label: str) -> None:
        """Beside those that they have; beyond the most that one may have nothing changes."""
        if len(found := {*self.label_list, label}) <= MOST:
            self.set_labels(found)

    def unlabel(self, label: str) -> None:
        self.set_labels(one for one in self.label_list if one != label)

    def set_labels(self, labels: Iterable[str]) -> None:
        self.labels = joined(labels)
        self.save(update_fields=["labels"])

    def become(self, role: str) -> None:
        self.role = role
        self.save(update_fields=["role"])

    def move_to(self, cohort: Cohort) -> None:
        """In the same role; who is there already keeps the one they have there."""
        with transaction.atomic():
            cohort.enrol(self.user, role=self.role)
            self.end()

    def end(self) -> PastMembership:
        """What one did stays one's own; that one was here stays known."""
        with transaction.atomic():
            past = PastMembership.objects.create(
                cohort=self.cohort, user_id=self.user_id, role=self.role, joined_at=self.joined_at
            )
            self.delete()
        return past


class PastMembership(models.Model):
    """A row of its own: no list of members, and no right, can forget to look at a date."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="past_memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="past_memberships"
    )
    role = models.CharField(max_length=12, choices=Role.choices)
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("past membership"), _("past memberships")
        ordering = ["-ended_at"]

    def __str__(self) -> str:
        return f"{self.user} in {self.cohort} until {self.ended_at:%Y-%m-%d}"
