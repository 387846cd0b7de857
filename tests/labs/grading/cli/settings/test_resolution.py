"""AWS CLI User Guide: *Configuration settings and precedence*, *Environment variables*, *Using an
IAM role in the AWS CLI*."""

from __future__ import annotations

import re

import pytest

from labs.grading.cli.errors import CliError
from labs.grading.cli.settings.files import CONFIG, CREDENTIALS
from labs.grading.cli.settings.machine import Machine
from labs.grading.cli.settings.resolution import Options, identity_of, output_of, region_of
from tests.labs.grading.cli.machines import machine

ENV = {"AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "s"}
DEV = Options(profile="dev")
ROLE = """
[profile deploy]
role_arn = arn:aws:iam::1:role/deploy
source_profile = dev
region = eu-west-1
[profile again]
role_arn = arn:aws:iam::1:role/again
source_profile = deploy
[profile here]
role_arn = arn:aws:iam::1:role/here
credential_source = Ec2InstanceMetadata
"""


@pytest.mark.parametrize(
    ("found", "options", "key", "source"),
    [
        (machine(), Options(), "DEFAULT", CREDENTIALS),
        (machine(), DEV, "DEV", CREDENTIALS),
        (machine(AWS_PROFILE="dev"), Options(), "DEV", CREDENTIALS),
        (machine(AWS_PROFILE="default"), DEV, "DEV", CREDENTIALS),
        (machine(**ENV), Options(), "ENV", "environment"),
        (machine(**ENV, AWS_PROFILE="dev"), Options(), "ENV", "environment"),
        (machine(**ENV), DEV, "DEV", CREDENTIALS),
        (machine("[default]\naws_access_key_id = C\naws_secret_access_key = s"), Options(),
         "DEFAULT", CREDENTIALS),
        (machine("[profile c]\naws_access_key_id = C\naws_secret_access_key = s"),
         Options(profile="c"), "C", CONFIG),
    ],
)  # fmt: skip
def test_the_first_source_that_has_a_key_counts(
    found: Machine, options: Options, key: str, source: str
) -> None:
    credentials = identity_of(found, options).credentials
    assert (credentials.key, credentials.source) == (key, source)


def test_a_role_is_assumed_with_the_key_of_its_source_one_after_the_other() -> None:
    found = identity_of(machine(ROLE), Options(profile="again"))
    assert found.credentials.key == "DEV"
    assert [role.rpartition("/")[2] for role in found.roles] == ["deploy", "again"]


def test_keys_in_the_environment_come_before_the_role_of_aws_profile() -> None:
    assert identity_of(machine(ROLE, **ENV, AWS_PROFILE="deploy"), Options()).roles == ()
    assert len(identity_of(machine(ROLE, **ENV), Options(profile="deploy")).roles) == 1


def test_last_come_the_container_and_the_instance() -> None:
    bare = machine(ROLE, "")
    bare.instance_role = "web"
    assert identity_of(bare, Options()).credentials.role == "web"
    assert identity_of(bare, Options(profile="here")).roles == ("arn:aws:iam::1:role/here",)
    bare.container_role = "task"
    assert identity_of(bare, Options()).credentials.source == "container"


@pytest.mark.parametrize(
    ("found", "options", "words"),
    [
        (machine("", ""), Options(), "Unable to locate credentials"),
        (machine(), Options(profile="x"), r"The config profile \(x\) could not be found"),
        (machine("[x]\nregion = y"), Options(profile="x"), r"profile \(x\) could not be found"),
        (machine(AWS_PROFILE=""), Options(), r"profile \(\) could not be found"),
        (machine(AWS_ACCESS_KEY_ID="A"), Options(), "found in env, missing: AWS_SECRET_ACCESS_KEY"),
        (machine("", "[default]\naws_access_key_id=A"), Options(),
         "shared-credentials-file, missing: aws_secret_access_key"),
        (machine("[default]\nx"), Options(), "Unable to parse config file: ~/.aws/config"),
        (machine("[a]\nx=1\n[a]\nx=2"), Options(), "Unable to parse config file"),
        (machine("[profile r]\nrole_arn = a"), Options(profile="r"),
         "assume-role, missing: source_profile or credential_source"),
        (machine("[profile r]\nrole_arn = a\nsource_profile = x"), Options(profile="r"),
         'source_profile "x" referenced in the profile "r" does not exist'),
        (machine("[profile r]\nrole_arn = a\nsource_profile = q\n"
                 "[profile q]\nrole_arn = b\nsource_profile = r"), Options(profile="r"),
         "Infinite loop"),
        (machine(ROLE), Options(profile="here"), "Unable to locate credentials"),
        (machine("[profile n]\nregion=x"), Options(profile="n"), "Unable to locate credentials"),
    ],
)  # fmt: skip
def test_without_whole_credentials_it_says_what_the_cli_says(
    found: Machine, options: Options, words: str
) -> None:
    with pytest.raises(CliError) as caught:
        identity_of(found, options)
    assert re.search(words, caught.value.words)


CONFIGURED = "[default]\nregion = c\noutput = text\n[profile dev]\nregion = d\noutput = table"


@pytest.mark.parametrize(
    ("variables", "options", "region"),
    [
        ({}, Options(), "c"),
        ({}, DEV, "d"),
        ({"AWS_PROFILE": "dev"}, Options(), "d"),
        ({"AWS_DEFAULT_REGION": "b"}, DEV, "b"),
        ({"AWS_DEFAULT_REGION": "b", "AWS_REGION": "a"}, DEV, "a"),
        ({"AWS_REGION": "a"}, Options(region="o"), "o"),
    ],
)
def test_the_region_comes_from_the_line_the_environment_the_profile(
    variables: dict[str, str], options: Options, region: str
) -> None:
    assert region_of(machine(CONFIGURED, **variables), options).value == region


def test_without_a_region_the_instance_tells_of_its_own() -> None:
    found = machine()
    assert region_of(found, Options()).value == ""
    found.instance_region = "eu-west-1"
    assert region_of(found, Options()).value == "eu-west-1"


def test_the_format_comes_from_the_line_the_environment_the_profile_and_is_json_by_itself() -> None:
    assert output_of(machine(), Options()).value == "json"
    assert output_of(machine(CONFIGURED), DEV).value == "table"
    assert output_of(machine(CONFIGURED, AWS_DEFAULT_OUTPUT="yaml"), DEV).value == "yaml"
    assert output_of(machine(CONFIGURED), Options(output="text")).value == "text"
    with pytest.raises(CliError, match="Unknown output type: jsn"):
        output_of(machine("[default]\noutput = jsn"), Options())


def test_a_variable_that_is_not_exported_is_seen_by_no_command() -> None:
    found = machine(AWS_PROFILE="dev")
    found.exported.clear()
    assert identity_of(found, Options()).credentials.key == "DEFAULT"
