"""Finding codes of tables and reads: what each means, the section of the notes that teaches it, and
what to do."""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.kind import Code
from labs.grading.said import say

KEYS = "keys-of-a-table"
READS = "how-a-table-is-asked"
INDEXES = "indexes-of-a-table"
COST = "what-a-read-costs"

TABLE_CODES = {
    "dynamodb.not-created": Code(
        say("No table was created"), say("AWS would refuse it; mend that first."), KEYS
    ),
    "dynamodb.form": Code(
        say("A setting that does not exist"),
        say("Names count letter by letter, and each stands where AWS has it."),
        KEYS,
    ),
    "dynamodb.key-schema": Code(
        say("Not a key"),
        say("A key is one partition key (HASH), and behind it one sort key (RANGE) or none."),
        KEYS,
    ),
    "dynamodb.undeclared": Code(
        say("A key without a type"),
        say("Every attribute in a key, of the table or of an index, is defined with its type."),
        KEYS,
    ),
    "dynamodb.unused-definition": Code(
        say("A definition that no key uses"),
        say("Only attributes of keys are defined. All others may be different in each item."),
        KEYS,
    ),
    "dynamodb.local-index": Code(
        say("Not a local index"),
        say("A local index has the table's partition key and another sort key."),
        INDEXES,
    ),
    "dynamodb.projection": Code(
        say("Not a projection"),
        say("KEYS_ONLY copies the keys, INCLUDE the named attributes as well, ALL everything."),
        INDEXES,
    ),
}
REFUSED_READS = {
    "dynamodb.no-read": Code(
        say("Nothing is asked"), say("Each question of the task needs a read of its name."), READS
    ),
    "dynamodb.unknown-index": Code(
        say("No such index"), say("An index is read by its name, letter by letter."), INDEXES
    ),
    "dynamodb.reserved-word": Code(
        say("A reserved word"),
        say("Words such as status, name and date mean something else to DynamoDB."),
        READS,
    ),
    "dynamodb.placeholder": Code(
        say("A #name or :value too many, or too few"),
        say("Every #name and :value is used, and stands for something."),
        READS,
    ),
    "dynamodb.key-condition": Code(
        say("Not a condition on a key"),
        say("A Query goes to one partition, and there to one stretch of the sort key."),
        READS,
    ),
    "dynamodb.filter-on-key": Code(
        say("A filter on a key"),
        say("What can be asked of a key costs nothing extra; a filter throws away what was paid."),
        READS,
    ),
    "dynamodb.item-key": Code(
        say("Not the key of an item"),
        say("GetItem and BatchGetItem find items by the whole key of the table."),
        READS,
    ),
    "dynamodb.value": Code(
        say("Not such a value"), say("A key is compared with values of its own type."), READS
    ),
    "dynamodb.consistent-index": Code(
        say("A consistent read of a global index"),
        say("Global indexes follow the table after a moment. A local index can be read with "
            "strong consistency."),
        INDEXES,
    ),
    "dynamodb.not-projected": Code(
        say("Not in the index"),
        say("A global index answers only with what was projected into it."),
        INDEXES,
    ),
}  # fmt: skip
ANSWER_CODES = {
    "dynamodb.missing-items": Code(
        say("Items are missing"), say("Something that was asked for does not come."), READS
    ),
    "dynamodb.extra-items": Code(
        say("Too many items come"), say("Something comes that nobody asked for."), READS
    ),
    "dynamodb.limit-before-filter": Code(
        say("Limit counts before the filter"),
        say("Limit is how many items are looked at, not how many come."),
        READS,
    ),
    "dynamodb.order": Code(
        say("Another order"),
        say("A Query goes by the sort key of what it reads, backwards if ScanIndexForward is "
            "false."),
        READS,
    ),
    "dynamodb.missing-attributes": Code(
        say("Attributes are missing"),
        say("What comes is what the projections of the read and of the index let through."),
        INDEXES,
    ),
    "dynamodb.eventual": Code(
        say("It may come a moment too late"),
        say("Without ConsistentRead an answer may be older than the last write."),
        COST,
    ),
}  # fmt: skip
COST_CODES = {
    "dynamodb.scan": Code(
        say("The whole table is read"),
        say("A Scan costs more with each item that is added, however few come."),
        COST,
    ),
    "dynamodb.units": Code(
        say("Too much is read"),
        say("Paid is what is read, in steps of 4 KB, before any filter and any projection of the "
            "read."),
        COST,
    ),
    "dynamodb.not-measured": Code(
        say("Its cost was not counted"), say("First the right items have to come."), COST
    ),
    "dynamodb.overwrites": Code(
        say("Items are lost"),
        say("There are no two items of one key: what is put later takes the place of the first."),
        KEYS,
    ),
    "dynamodb.not-kept": Code(
        say("Items are refused"),
        say("An item has every attribute of the table's key, and of the type that is defined."),
        KEYS,
    ),
    "dynamodb.hot-key": Code(
        say("One partition key has too much"),
        say("All items of one partition key share the throughput of one partition."),
        KEYS,
    ),
    "dynamodb.too-many-indexes": Code(
        say("Too many indexes"),
        say("Each index is paid for by every write, and by its copies."),
        INDEXES,
    ),
    "dynamodb.copies": Code(
        say("The indexes copy too much"),
        say("What no question needs of an index need not be projected into it."),
        INDEXES,
    ),
}  # fmt: skip
CODES: dict[str, Code] = {**TABLE_CODES, **REFUSED_READS, **ANSWER_CODES, **COST_CODES}

CURES: Mapping[str, str] = {
    "dynamodb.no-read": say("Write a read for each question."),
    "dynamodb.reserved-word": say("Write a #name for each reserved word."),
    "dynamodb.placeholder": say("Use every #name and :value, and say what each stands for."),
    "dynamodb.key-condition": say("Ask in KeyConditionExpression for keys of what is read."),
    "dynamodb.filter-on-key": say("Move what concerns a key into KeyConditionExpression."),
    "dynamodb.item-key": say("Give the whole key of the table, or ask by Query."),
    "dynamodb.consistent-index": say("Read with strong consistency where that is possible."),
    "dynamodb.not-projected": say("Project what the answer needs into the index."),
    "dynamodb.missing-items": say("Follow the item that is missing: does the read get to its key?"),
    "dynamodb.extra-items": say("Narrow the key condition, or add what is missing in it."),
    "dynamodb.limit-before-filter": say("Find by key what the filter looks for now."),
    "dynamodb.order": say("Read by a key whose sort key is what the answer goes by."),
    "dynamodb.missing-attributes": say("Let through what the answer has to show."),
    "dynamodb.eventual": say("Ask for strong consistency."),
    "dynamodb.scan": say("Find a key for this question, of the table or of an index."),
    "dynamodb.units": say("Read less: fewer items, or smaller ones."),
    "dynamodb.overwrites": say("Take a key that no two items share."),
    "dynamodb.not-kept": say("Take keys that every item has, with the type that it has there."),
    "dynamodb.hot-key": say("Take a partition key with more values, or keep items out."),
    "dynamodb.too-many-indexes": say("Let one key answer two questions."),
    "dynamodb.copies": say("Project less."),
}
