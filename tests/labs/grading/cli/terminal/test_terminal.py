"""Commands on an account of two users, a role and five keys."""

from __future__ import annotations

import pytest

from labs.grading.cli.account.account import AccessKey, Account, Role
from labs.grading.cli.shell.reader import read_script
from labs.grading.cli.terminal.terminal import Step, Terminal
from tests.labs.grading.cli.machines import machine

CONFIG = "[default]\nregion = eu-west-2\n[profile dev]\nregion = us-east-1\noutput = text"
ONE = {"InstanceId": "i-1", "State": {"Name": "running"}, "Tags": [{"Key": "T", "Value": "web"}]}
TWO = {"InstanceId": "i-2", "State": {"Name": "stopped"}, "Placement": {"AvailabilityZone": "a"}}
INSTANCES = {"Reservations": [{"Instances": [ONE, TWO]}, {"Instances": [{"InstanceId": "i-3"}]}]}
QUERY = "--query 'Reservations[].Instances[].InstanceId' --output text"


def account() -> Account:
    keys = [
        AccessKey("DEFAULT", "s", "lea"),
        AccessKey("DEV", "s", "dev"),
        AccessKey("OFF", "s", "dev", "Inactive"),
    ]
    return Account(
        "111122223333",
        ("lea", "dev"),
        {key.id: key for key in keys},
        {"deploy": Role("deploy", ("lea",))},
        {("ec2 describe-instances", "eu-west-2"): INSTANCES,
         ("s3api list-buckets", ""): {"Buckets": [{"Name": "b",
                                                  "CreationDate": "2024-05-14T09:21:37+00:00"}]}},
        ("eu-west-2", "us-east-1"),
        (AccessKey("NEW1", "s", ""), AccessKey("NEW2", "s", "")),
        {"web": "DEV"},
    )  # fmt: skip


def steps(text: str, **variables: str) -> tuple[Step, ...]:
    terminal = Terminal(machine(CONFIG, **variables), account(), "./use-key")
    return terminal.run(read_script(text))


def last(text: str, **variables: str) -> str:
    """What the last command prints, or its error."""
    step = steps(text, **variables)[-1]
    return step.error.words if step.error else step.output


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("aws sts get-caller-identity --query Arn --output text",
         "arn:aws:iam::111122223333:user/lea\n"),
        ("aws sts get-caller-identity --query Arn --profile dev",
         "arn:aws:iam::111122223333:user/dev\n"),
        (f"aws ec2 describe-instances {QUERY}", "i-1\ti-2\ti-3\n"),
        (f"aws ec2 describe-instances --instance-ids i-2 i-3 {QUERY}", "i-2\ti-3\n"),
        (f"aws ec2 describe-instances --filters Name=instance-state-name,Values=run*,x {QUERY}",
         "i-1\n"),
        ("aws ec2 describe-instances --filters Name=tag:T,Values=web Name=tag-key,Values=T "
         f"{QUERY}",
         "i-1\n"),
        (f"aws ec2 describe-instances --filter Name=instance-state-name,Values=run*,x {QUERY}",
         "i-1\n"),
        (f"aws ec2 describe-instances {QUERY} --filters "
         """'[{"Name":"instance-state-name","Values":["run*","x"]}]'""", "i-1\n"),
        (f"aws ec2 describe-instances --filters Name=availability-zone,Values=? {QUERY}", "i-2\n"),
        (f"aws ec2 describe-instances --region us-east-1 {QUERY}", ""),
        ("aws s3 ls", "2024-05-14 09:21:37 b\n"),
        ("A=$(aws sts get-caller-identity --query Account --output text)\necho id=$A",
         "id=111122223333\n"),
        ("A='x  y'\necho $A \"$A\"", "x y x  y\n"),
        ("echo '[default]' > ~/.aws/config\necho region=us-east-1 >> $HOME/.aws/config\n"
         "aws configure get region", "us-east-1\n"),
        ("X=1\ncat <<EOF\na $X ${X}\nEOF", "a 1 1\n"),
        ("X=1\ncat <<'EOF'\na $X\nEOF", "a $X\n"),
        ("false_command\necho still here", "still here\n"),
        ("set -e\naws x y\necho not here", "This lab does not know aws x y."),
        ("aws x y && echo not here", "This lab does not know aws x y."),
    ],
)  # fmt: skip
def test_a_command_prints_what_the_cli_would(text: str, printed: str) -> None:
    assert last(text) == printed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("aws ec2 describe-instances --region eu-west2",
         'Could not connect to the endpoint URL: "https://ec2.eu-west2.amazonaws.com/"'),
        ("aws s3 ls --region eu-west-2a",
         'Could not connect to the endpoint URL: "https://s3.eu-west-2a.amazonaws.com/"'),
        ("aws ec2 describe-instances --region EU_west",
         "Provided region_name 'EU_west' doesn't match a supported format."),
        ("cat > ~/.aws/config <<EOF\nEOF\naws ec2 describe-instances",
         "You must specify a region."),
        ("AWS_ACCESS_KEY_ID=NONE AWS_SECRET_ACCESS_KEY=s aws sts get-caller-identity",
         "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: "
         "The security token included in the request is invalid."),
        ("AWS_ACCESS_KEY_ID=OFF AWS_SECRET_ACCESS_KEY=s aws s3 ls",
         "An error occurred (InvalidAccessKeyId) when calling the ListBuckets operation"),
        ("AWS_ACCESS_KEY_ID=NONE AWS_SECRET_ACCESS_KEY=s aws ec2 describe-instances",
         "An error occurred (AuthFailure) when calling the DescribeInstances operation"),
        ("AWS_ACCESS_KEY_ID=DEV AWS_SECRET_ACCESS_KEY=t aws sts get-caller-identity",
         "An error occurred (SignatureDoesNotMatch)"),
        ("export AWS_SESSION_TOKEN=t AWS_ACCESS_KEY_ID=DEV AWS_SECRET_ACCESS_KEY=s\n"
         "aws iam list-access-keys", "An error occurred (InvalidClientTokenId)"),
        ("aws ec2 describe-instance", "Do you mean aws ec2 describe-instances"),
        ("aws ec2 describe-instances --where x", "Unknown options: --where"),
        ("aws ec2 describe-instances --filters Name=x,Values=y",
         "An error occurred (InvalidParameterValue) when calling the DescribeInstances operation: "
         "The filter 'x' is invalid"),
        ("aws ec2 describe-instances --filters '[{'", "Error parsing parameter '--filters'"),
        ("aws ec2 describe-instances --filters '{\"Name\": 1}'", "Error parsing parameter"),
        ("aws ec2 describe-instances --filters running", "Error parsing parameter '--filters'"),
        ("aws ec2 describe-instances --instance-ids i-9",
         "An error occurred (InvalidInstanceID.NotFound)"),
        ("aws s3 ls --output jsn", "argument --output: Found invalid choice 'jsn'"),
        ("aws s3 ls --profile", "argument --profile: expected one argument"),
        ("aws s3 ls s3://b", "Unknown options: s3://b"),
        ("awss s3 ls", "awss: command not found"),
        ("cat > /etc/passwd <<EOF\nEOF", "Only ~/.aws/config and ~/.aws/credentials are files"),
        ("export 1=2", "not a valid identifier"),
        ("./use-key db NEW", "usage: ./use-key web ACCESS_KEY_ID"),
    ],
)  # fmt: skip
def test_an_error_has_the_words_of_the_cli(text: str, words: str) -> None:
    assert words in last(text)


def test_iam_answers_whatever_the_region_is_called() -> None:
    assert "AccessKeyMetadata" in last("aws iam list-access-keys --region eu-west2")


def test_a_role_is_assumed_by_whom_it_trusts_alone() -> None:
    role = "aws configure set role_arn arn:aws:iam::111122223333:role/deploy --profile r\n"
    who = "aws sts get-caller-identity --profile r --query Arn --output text"
    by = "aws configure set source_profile {} --profile r\n"
    assert last(role + by.format("default") + who).startswith(
        "arn:aws:sts::111122223333:assumed-role/deploy/"
    )
    assert "not authorized to perform: sts:AssumeRole" in last(role + by.format("dev") + who)


def test_a_user_has_two_keys_at_most() -> None:
    text = "aws iam create-access-key --user-name dev"
    assert last(text) == (
        "An error occurred (LimitExceeded) when calling the CreateAccessKey operation: "
        "Cannot exceed quota for AccessKeysPerUser: 2"
    )
    freed = "aws iam delete-access-key --user-name dev --access-key-id OFF\n"
    assert '"AccessKeyId": "NEW1"' in last(freed + text)


def test_an_application_stands_still_while_its_key_does_not_work() -> None:
    off = "aws iam update-access-key --user-name dev --access-key-id DEV --status "
    found = steps(f"{off}Inactive\n./use-key web NEW1\n./use-key web DEV\n{off}Active")
    assert [step.broken for step in found] == [("web",), ("web",), ("web",), ()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("aws iam update-access-key --user-name dev --access-key-id DEV --status off",
         "ValidationError"),
        ("aws iam delete-access-key --user-name lea --access-key-id DEV", "NoSuchEntity"),
        ("aws iam get-access-key-last-used --access-key-id NONE", "NoSuchEntity"),
        ("aws iam list-access-keys --user-name nobody", "The user with name nobody cannot be"),
        ("aws iam delete-access-key --user-name dev", "are required: --access-key-id"),
    ],
)  # fmt: skip
def test_a_key_is_named_as_it_is(text: str, words: str) -> None:
    assert words in last(text)


def test_last_use_is_now_where_an_application_works_with_the_key() -> None:
    ask = "aws iam get-access-key-last-used --query AccessKeyLastUsed.LastUsedDate --access-key-id "
    assert last(f"{ask}DEV").startswith('"2026-')
    assert last(f"{ask}OFF") == "null\n"


def test_a_variable_in_front_is_gone_afterwards() -> None:
    who = "aws sts get-caller-identity --query Arn --output text"
    assert last(f"AWS_PROFILE=dev {who}").endswith("user/dev\n")
    assert last(f"AWS_PROFILE=dev {who}\n{who}").endswith("user/lea\n")
    assert last(f"AWS_PROFILE=dev\n{who}").endswith("user/lea\n")
    assert last(f"AWS_PROFILE=dev\nexport AWS_PROFILE\n{who}").endswith("user/dev\n")
    assert last(f"unset AWS_PROFILE\n{who}", AWS_PROFILE="dev").endswith("user/lea\n")


@pytest.mark.parametrize(
    "text",
    [
        "A=xxxxxxxxxx\n" + "A=$A$A\n" * 40,
        "A=xxxxxxxxxx\n" + "A=$A$A\n" * 9 + "cat <<EOF\n" + "$A" * 2000 + "\nEOF",
        "cat >> ~/.aws/config <<EOF\n"
        + "#" * 7000
        + "\nEOF\n"
        + "cat ~/.aws/config >> ~/.aws/config\n" * 3,
    ],
)
def test_text_that_doubles_stays_short(text: str) -> None:
    found = steps(text)
    assert any(step.error for step in found)
    assert sum(len(step.output) for step in found) < 200_000
