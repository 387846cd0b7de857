"""Two versions answer while an upgrade is under way."""

from __future__ import annotations


def test_a_file_of_another_version_is_answered_with_ours_that_nobody_keeps(client):
    answer = client.get("/static/css/portal.0123456789ab.css")
    assert (answer.status_code, answer["Location"]) == (302, "/static/css/portal.css")
    assert answer["Cache-Control"] == "private, no-store"


def test_what_has_no_hash_is_nobody_s_other_version(client, db):
    assert client.get("/static/css/nothing.css").status_code == 404
