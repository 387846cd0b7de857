"""The shadow of the catalog's folders, and what a learner is typing into each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labs.grading.kind import Kind
from labs.grading.kinds import KINDS
from labs.lab_state import LabProgress, LabState
from labs.models.translation import TaskInLanguage
from lessons.compiled import CompiledUpdate
from lessons.models import Course, LiveQuerySet
from lessons.people import User
from lessons.statements import SOME_TIME
from lessons.translation import InLanguage


class LabQuerySet(LiveQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.live().filter(course__in=user.course_keys())


class Lab(InLanguage, models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="labs")
    sections = models.ManyToManyField("lessons.Section", related_name="labs", blank=True)
    # The first section that lab.toml names: where lists put the lab.
    home = models.ForeignKey(
        "lessons.Section", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    slug = models.SlugField(unique=True)  # the folder's name; score history hangs on the row
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    difficulty = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(default=10)
    objectives = models.JSONField(default=list)
    # Which step of which capstone; of the first step also the story: `labs/capstones.py`
    capstone = models.JSONField(default=dict, blank=True, db_default={})
    position = models.PositiveIntegerField(default=0)  # by the first lesson section it belongs to
    # After how many failed tries the model answer may be seen; 0: only after passing.
    solution_after = models.PositiveSmallIntegerField(default=3)
    content_hash = models.CharField(max_length=64)
    # By what all its variants judge, as of the last sync ("": from before that was noted), and
    # since when, if older verdicts were given by something else.
    rule = models.CharField(max_length=16, blank=True, default="", db_default="")
    rule_since = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = LabQuerySet.as_manager()

    # One learner's, put there by `labs.progress`.
    progress: LabProgress
    state: LabState
    lesson_pk: int

    class Meta:
        verbose_name, verbose_name_plural = _("lab"), _("labs")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("labs:lab_detail", args=[self.slug])

    @property
    def kind_module(self) -> Kind:
        return KINDS[self.kind]

    def variant_for(self, user: User, draft: Draft | None = None) -> Variant:
        return self.variants_for(user, draft)[0]

    def variants_for(self, user: User, draft: Draft | None = None) -> list[Variant]:
        """The learner's own first: whoever began with a variant keeps it, everybody else gets one
        by a stable hash. The others follow in turn."""
        return own_first(self.variants.live(), user, draft)


def own_first(variants: Iterable[Variant], user: User, draft: Draft | None) -> list[Variant]:
    found = list(variants)
    kept = [variant for variant in found if draft and variant.pk == draft.variant_id]
    own = kept[0] if kept else max(found, key=lambda variant: variant.weight_for(user))
    return turned(found, own)


def turned(variants: list[Variant], first: Variant) -> list[Variant]:
    at = variants.index(first)
    return variants[at:] + variants[:at]


class Variant(TaskInLanguage, models.Model):
    """One seeded version of a lab: the same task with other names and numbers."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="variants", db_index=False)
    number = models.PositiveSmallIntegerField()
    brief_html = models.TextField()
    explanation_html = models.TextField(blank=True)
    hints = models.JSONField(default=list)  # rendered, in order
    starter = models.TextField(blank=True)
    solution = models.TextField(blank=True)
    table = models.JSONField(default=dict)  # [spec] of lab.toml, values put in
    files = models.JSONField(default=dict)  # what read_spec may look at, name → text
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("variant"), _("variants")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["lab", "number"], name="one_variant_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.lab} / {self.number}"

    def weight_for(self, user: User) -> bytes:
        """The variant of greatest weight is the user's: one more variant moves only those who get
        the new one. The steps of a capstone have the same names: they tell one story."""
        told = self.lab.capstone.get("slug") or self.lab_id
        return hashlib.sha256(f"{user.pk}/{told}/{self.number}".encode()).digest()


MOST_KEPT = 100


class KeptTextQuerySet(models.QuerySet["KeptText"]):
    def keep(self, user: User, variant: Variant, text: str) -> KeptText | None:
        """The row; None where nothing was typed. What is kept already is not kept twice."""
        if not text.strip() or text == variant.starter:
            return None
        mine = self.filter(user=user.pk, lab=variant.lab_id, variant=variant)
        if kept := mine.filter(text=text).first():
            mine.filter(pk=kept.pk).update(kept_at=timezone.now())
            return kept
        kept = self.create(user_id=user.pk, lab_id=variant.lab_id, variant=variant, text=text)
        self.drop_oldest(user, variant)
        return kept

    def drop_oldest(self, user: User, variant: Variant) -> None:
        """Beyond the last hundred in one lab: nobody may fill the disk by putting texts in."""
        mine = self.filter(user=user.pk, lab=variant.lab_id)
        self.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST_KEPT:])).delete()

    def latest_for(self, user: User, variant: Variant) -> str | None:
        """Where the learner left off with this variant."""
        return self.filter(user=user.pk, variant=variant).values_list("text", flat=True).first()


class KeptText(models.Model):
    """What stood in the editor before something else was put there: nothing that a learner typed is
    lost, as far as the last hundred texts in a lab."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="kept_texts",
        db_index=False,
    )
    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="kept_texts")
    variant = models.ForeignKey(
        Variant, on_delete=models.SET_NULL, null=True, related_name="kept_texts"
    )
    text = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    objects = KeptTextQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("kept text"), _("kept texts")
        ordering = ["-kept_at", "-pk"]
        indexes = [models.Index(fields=["user", "lab", "-kept_at"], name="kept_texts_of_a_learner")]

    def __str__(self) -> str:
        return f"{self.user}'s text in {self.lab}"


class DraftQuerySet(models.QuerySet["Draft"]):
    def save_text(
        self, user: User, variant: Variant, *, text: str, revision: int, seen: Draft | None = None
    ) -> Draft | None:
        """The draft as saved; None when another tab saved meanwhile (`revision` is what this tab
        last saw, 0: none). `seen` is the row as this request found it."""
        changes = {"variant": variant, "text": text, "saved_at": timezone.now()}
        mine = self.filter(user=user.pk, lab=variant.lab_id)
        if seen is None and not revision and (made := self.begin(user, variant, changes)):
            return made
        saving = {"lab": variant.lab_id, "variant": variant.pk, "text": text, "revision": revision}
        if SAVE.run(user=user.pk, now=changes["saved_at"], **saving):
            return seen.now(revision + 1, changes) if seen else mine.get()
        if mine.filter(revision=revision + 1, text=text).exists():
            return mine.get()  # the same save sent twice
        return None if revision else self.begin(user, variant, changes)

    def begin(self, user: User, variant: Variant, changes: dict[str, object]) -> Draft | None:
        try:
            with transaction.atomic():
                return self.create(user_id=user.pk, lab_id=variant.lab_id, **changes)
        except IntegrityError:
            return None

    def put_in(
        self, user: User, variant: Variant, *, text: str, shown: Variant, seen: str
    ) -> Draft:
        """Another text in the place of the draft, which is kept, and so is what the learner saw
        there (`seen`, for the variant `shown`). Nothing that another tab saves meanwhile is lost:
        the update only meets the revision that was read."""
        mine = self.filter(user=user.pk, lab=variant.lab_id)
        while True:
            old = mine.select_related("variant").first()
            kept = KeptText.objects.keep(user, old.variant or variant, old.text) if old else None
            changes = {
                "variant": variant,
                "text": text,
                "before": KeptText.objects.keep(user, shown, seen) or kept,
                "saved_at": timezone.now(),
            }
            if old is None and (made := self.begin(user, variant, changes)):
                return made
            if old and mine.filter(revision=old.revision).update(
                revision=old.revision + 1, **changes
            ):
                return mine.get()


class Draft(models.Model):
    """What a learner is typing. `revision` counts saves, so that two tabs cannot overwrite each
    other silently."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="drafts",
        db_index=False,
    )
    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="drafts")
    variant = models.ForeignKey(
        Variant, on_delete=models.SET_NULL, null=True, related_name="drafts"
    )
    text = models.TextField(blank=True)
    # What stood here before something else was put in; to be had back.
    before = models.ForeignKey(
        KeptText, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("draft"), _("drafts")
        constraints = [models.UniqueConstraint(fields=["user", "lab"], name="one_draft_per_lab")]

    def __str__(self) -> str:
        return f"{self.user}'s draft of {self.lab}"

    def now(self, revision: int, changes: Mapping[str, object]) -> Draft:
        """As the row stands since it was written."""
        self.revision = revision
        for name, value in changes.items():
            setattr(self, name, value)
        return self


SAVE = CompiledUpdate(
    lambda user, lab, variant, text, revision, now: (
        Draft.objects.filter(user=user, lab=lab, revision=revision),
        {"revision": F("revision") + 1, "variant": variant, "text": text, "saved_at": now},
    ),
    user=-1,
    lab=-2,
    variant=-3,
    text="an example of what is typed",
    revision=4,
    now=SOME_TIME,
)
