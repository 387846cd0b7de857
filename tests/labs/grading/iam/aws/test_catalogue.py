from __future__ import annotations

from labs.grading.iam.aws import catalogue
from labs.grading.iam.comparison.arn_atoms import arn_atoms, read_shape
from labs.grading.iam.comparison.places import Places, Scope
from labs.grading.iam.comparison.templates import elements_of_template
from labs.grading.wildcards.automata import fits
from labs.grading.wildcards.budget import Budget


def test_the_table_of_borrowed_arns_agrees_with_the_data():
    found: dict[str, set[str]] = {}
    for service in catalogue.service_prefixes():
        for action in catalogue.actions_of(service).values():
            for shape in action.shapes:
                owner = service if shape == "*" else shape.split(":")[2]
                if owner != service:
                    found.setdefault(owner, set()).add(service)
    assert found == {owner: set(borrowers) for owner, borrowers in catalogue.BORROWERS.items()}


def test_an_action_knows_the_arns_that_it_accepts():
    assert catalogue.find_action("S3:listallmybuckets").shapes == ("*",)
    assert (
        "arn:${Partition}:s3:::${BucketName}/${ObjectName}"
        in catalogue.find_action("s3:GetObject").shapes
    )


def test_a_function_may_be_invoked_by_version_or_alias():
    shapes = catalogue.find_action("lambda:InvokeFunction").shapes
    assert shapes[-1].endswith(":function:${FunctionName}:${Alias}")


def test_an_unknown_service_has_no_actions():
    assert (catalogue.actions_of("nowhere"), catalogue.find_action("nowhere:Do")) == ({}, None)


def test_a_topic_of_iot_is_a_path_and_one_of_sns_is_a_name():
    assert fits("topic/lamps/kitchen", elements_of_template("topic/${TopicName}"))
    assert fits("topicfilter/lamps/+/state", elements_of_template("topicfilter/${TopicFilter}"))
    assert not fits("lamps/kitchen", elements_of_template("${TopicName}"))


def test_a_bucket_name_has_no_slash_and_an_object_name_may_have_one():
    assert not fits("b/a", elements_of_template("${BucketName}"))
    assert fits("b/a/c", elements_of_template("${BucketName}/${ObjectName}"))


def test_a_real_arn_is_found_for_every_shape():
    for service in ("s3", "ec2", "iam", "lambda", "dynamodb", "logs"):
        for action in catalogue.actions_of(service).values():
            for shape in action.shapes:
                if shape != "*":
                    places = Places((), {}, Scope(), "aws")
                    atom = next(
                        arn_atoms(
                            read_shape(shape),
                            [],
                            places,
                            foreign=True,
                            service=service,
                            budget=Budget(9),
                        )
                    )
                    assert "$" not in atom.arn(read_shape(shape))
