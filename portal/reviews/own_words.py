"""What somebody wrote here and what was said to them: given out, and taken away, when
`accounts/own_data.py` asks."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from portal.reviews.models import Comment


def words_of(user: Any) -> dict[str, Any]:
    """Their own, and those about their answers: what others are called stays out."""
    mine = Q(author=user.pk) | Q(submission__user=user.pk)
    found = Comment.objects.filter(mine).select_related("submission__lab")
    return {"comments": [word_of(one, user) for one in found]}


def word_of(comment: Comment, user: Any) -> dict[str, Any]:
    return {
        "lab": comment.submission.lab.title if comment.submission else None,
        "written_by": "me" if comment.author_id == user.pk else comment.role,
        "line": comment.line,
        "text": comment.text,
        "at": comment.created_at,
    }


def erase_words(user: Any) -> None:
    """With an answer goes what was said about it, whoever said it. What a teacher said about the
    answers of others stays theirs, and names nobody any more."""
    Comment.objects.filter(submission__user=user.pk).delete()
    Comment.objects.filter(author=user.pk).update(author=None)
