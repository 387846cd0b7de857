"""PostgreSQL reads and plans a statement once for each connection."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import NotSupportedError, connection, transaction

from lessons.statements import Statement

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="prepares nothing"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _numbers() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE numbers (number integer, word varchar(9))")
        cursor.execute("INSERT INTO numbers VALUES (1, 'one'), (2, 'two %')")
    connection.close()
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE numbers")


def words() -> Statement:
    sql = "SELECT word FROM numbers WHERE number = %s AND word <> %s"
    return Statement(sql, ((7, ("number", None)), ("so 'quoted' %", None)))


def prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements ORDER BY prepare_time")
        return [text for (text,) in cursor.fetchall()]


def test_what_stays_the_same_stands_in_the_text_and_the_rest_is_sent_beside_it():
    statement = words()

    assert [statement.run({"number": one}) for one in (1, 2, 3)] == [
        (1, [("one",)]),
        (1, [("two %",)]),
        (0, []),
    ]
    assert prepared() == [
        "SELECT word FROM numbers WHERE number = $1 AND word <> 'so ''quoted'' %'"
    ]


def test_another_connection_prepares_it_anew():
    statement = Statement("SELECT %s + 1", ((7, ("number", None)),))
    assert statement.run({"number": 1})[1] == [(2,)]
    connection.close()

    assert statement.run({"number": 2})[1] == [(3,)]
    assert prepared() == ["SELECT $1 + 1"]


def change_the_column() -> None:
    """As a new release does, while this one still runs."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("ALTER TABLE numbers ALTER COLUMN word TYPE text")
    other.close()


def test_a_column_that_has_another_type_now_is_no_error():
    statement = words()
    statement.run({"number": 1})
    change_the_column()

    assert statement.run({"number": 1}) == (1, [("one",)])


def test_a_transaction_that_meets_it_fails_and_the_next_one_does_not():
    statement = words()
    statement.run({"number": 1})
    change_the_column()

    with pytest.raises(NotSupportedError), transaction.atomic():
        statement.run({"number": 1})
    with transaction.atomic():
        assert statement.run({"number": 1}) == (1, [("one",)])


def test_nothing_is_prepared_behind_a_pooler(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(connection.settings_dict["OPTIONS"], "prepare_threshold")

    assert words().run({"number": 2}) == (1, [("two %",)])
    assert prepared() == []
