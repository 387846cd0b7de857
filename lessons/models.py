"""A course as it is read: the database's shadow of the notes, and what each learner did with it.

Nothing that carries progress is ever deleted: what leaves the notes is archived.

`db_index=False` where a constraint begins with the same column: an index more would only slow
every row that is written.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.earlier_texts import EarlierText as EarlierText
from lessons.glossary import other_names
from lessons.margin import Margin as Margin
from lessons.margin_marks import parts
from lessons.people import User
from lessons.translation import InLanguage
from lessons.translation import Translation as Translation


class LiveQuerySet(models.QuerySet[Any]):
    def live(self) -> Self:
        return self.filter(archived_at__isnull=True)


class CourseQuerySet(LiveQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.live().filter(pk__in=user.course_keys())


class Course(InLanguage, models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(blank=True)
    # Of every file and the renderer's version
    content_hash = models.CharField(max_length=64, blank=True)
    synced_at = models.DateTimeField(null=True)
    # By language: "title", "summary", and of "modules" by slug the same
    translations = models.JSONField(null=True, blank=True)
    # Another name with each change of what all readers see: what is kept in memory hangs on it
    edition = models.CharField(max_length=32, blank=True, default="", db_default="")
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("course"), _("courses")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lessons:course_detail", args=[self.slug])


class Module(InLanguage, models.Model):
    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="modules", db_index=False
    )
    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("module"), _("modules")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="one_module_per_slug")
        ]

    def __str__(self) -> str:
        return self.title


class LessonQuerySet(LiveQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.live().filter(course__in=user.course_keys())


class Lesson(InLanguage, models.Model):
    """One page of reading. Its slug is pinned in course.toml and is its identity;
    completions hang on the row."""

    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="lessons", db_index=False
    )
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="lessons")
    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    position = models.PositiveIntegerField()  # in the course
    # Rendered and cleaned at sync; a request never renders Markdown
    html = models.TextField(blank=True)
    contents = models.JSONField(default=list)  # [{"anchor", "title", "level"}], in reading order
    # [{"slug", "kind", "title", "start"}]: what can be tried where `html` has its mark
    tries = models.JSONField(null=True, blank=True)
    words = models.PositiveIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)
    # Of the same and of the code that made `html` of it
    rendered_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    updated_at = models.DateTimeField(null=True)  # when the words last changed
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("lesson"), _("lessons")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="one_lesson_per_slug")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("lessons:lesson_detail", args=[self.course.slug, self.slug])

    @property
    def minutes(self) -> int:
        """Reading time at 200 words a minute, at least one."""
        return max(1, round(self.words / 200))

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Its text, cut where the margins of its sections are."""
        return parts(self.html)

    def complete(self, user: User) -> None:
        Completion.objects.get_or_create(lesson=self, user_id=user.pk)

    def reopen(self, user: User) -> None:
        Completion.objects.filter(lesson=self, user=user.pk).delete()

    def note_reading(self, user: User) -> None:
        """What changed since they completed it is known to them now."""
        Completion.objects.filter(lesson=self, user=user.pk).update(read_at=timezone.now())

    def remember_place(self, user: User, anchor: str = "", read: Iterable[str] = ()) -> None:
        """`user` reads here now, and has read the sections of these anchors; an anchor that this
        lesson does not have is the lesson's beginning."""
        rows = self.sections.live().defer("text", "plain")
        sections = {section.slug: section for section in rows}
        mine = {"user_id": user.pk, "course_id": self.course_id}
        with transaction.atomic():
            Place.objects.get_or_create(**mine, defaults={"lesson": self})
            place = Place.objects.select_for_update().get(**mine)
            place.lesson, place.section = self, sections.get(anchor)
            place.note([sections[slug] for slug in read if slug in sections])
            place.save()


class Section(InLanguage, models.Model):
    """One heading of the notes with the text below it. The UUID stays through rename and move."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sections")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="sections")
    slug = models.SlugField(max_length=160)  # the anchor; unique among the course's live sections
    title = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()  # in the notes
    text = models.TextField(blank=True)  # its own Markdown: what similarity looks at
    # The same as read, a line a paragraph: what search looks at
    plain = models.TextField(blank=True, default="")
    content_hash = models.CharField(max_length=64)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("section"), _("sections")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "slug"],
                condition=models.Q(archived_at__isnull=True),
                name="one_live_section_per_slug",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.lesson.get_absolute_url()}#{self.slug}"

    @property
    def short_key(self) -> str:
        """Enough to tell the sections of a course apart."""
        return str(self.pk.hex[:12])


class Term(models.Model):
    """A word of the course and what it means. Nothing hangs on it: what leaves the glossary is
    deleted."""

    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="terms", db_index=False
    )
    slug = models.SlugField(max_length=160)
    name = models.CharField(max_length=200)
    also = models.JSONField(default=list)  # abbreviations and other forms
    text = models.TextField()
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="terms")

    class Meta:
        verbose_name, verbose_name_plural = _("term"), _("terms")
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="one_term_per_slug")]

    def __str__(self) -> str:
        return self.name

    @property
    def other_names(self) -> list[str]:
        return other_names(self.name, self.also)


class Completion(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="completions",
        db_index=False,
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="completions")
    completed_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)  # again, after its words were changed

    class Meta:
        verbose_name, verbose_name_plural = _("completion"), _("completions")
        constraints = [
            models.UniqueConstraint(fields=["user", "lesson"], name="one_completion_per_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.user} completed {self.lesson}"


class Place(models.Model):
    """Where a learner stopped reading, and what they have read: one per course."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="places",
        db_index=False,
    )
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="places")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="places")
    section = models.ForeignKey(
        Section, on_delete=models.SET_NULL, null=True, related_name="places"
    )
    # Short keys of sections, with spaces: all of a course's are 2 KB, and stay where a section goes
    read = models.TextField(blank=True, default="", db_default="")
    seen_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = _("place"), _("places")
        constraints = [
            models.UniqueConstraint(fields=["user", "course"], name="one_place_per_course")
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.lesson}"

    def note(self, sections: Iterable[Section]) -> None:
        self.read = " ".join(sorted({*self.read.split(), *(one.short_key for one in sections)}))


class SearchIndex(models.Model):
    """What is found in a course, as `lessons.searching` reads it: one text for all databases.
    Written anew by each sync that changes something (`portal/indexes.py`)."""

    course = models.OneToOneField(Course, on_delete=models.CASCADE, related_name="search_index")
    text = models.TextField()
    made_of = models.CharField(max_length=64)  # the edition, other words for the same, the format

    class Meta:
        verbose_name, verbose_name_plural = _("search index"), _("search indexes")

    def __str__(self) -> str:
        return f"Search index of {self.course}"
