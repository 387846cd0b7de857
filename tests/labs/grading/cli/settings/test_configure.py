"""AWS CLI Command Reference: *configure set*, *configure get*."""

from __future__ import annotations

import pytest

from labs.grading.cli.errors import CliError
from labs.grading.cli.settings.configure import configure
from labs.grading.cli.settings.files import CONFIG, CREDENTIALS
from labs.grading.cli.settings.resolution import Options
from tests.labs.grading.cli.machines import machine

DEV = Options(profile="dev")


@pytest.mark.parametrize(
    ("words", "options", "path", "text"),
    [
        ("set region x", Options(), CONFIG, "[default]\nregion = x\n"),
        ("set region x", DEV, CONFIG, "[profile dev]\nregion = x\n"),
        ("set profile.a.region x", Options(), CONFIG, "[profile a]\nregion = x\n"),
        ("set default.region x", DEV, CONFIG, "[default]\nregion = x\n"),
        ("set aws_access_key_id K", DEV, CREDENTIALS, "[dev]\naws_access_key_id = K\n"),
        ("set aws_session_token T", Options(), CREDENTIALS, "[default]\naws_session_token = T\n"),
    ],
)
def test_a_setting_goes_into_its_file_and_section(
    words: str, options: Options, path: str, text: str
) -> None:
    found = machine("", "")
    assert configure(words.split(), found, options) == ""
    assert found.files[path] == text


def test_without_an_option_the_exported_profile_is_written() -> None:
    found = machine("", "", AWS_PROFILE="new")
    configure(["set", "region", "x"], found, Options())
    assert found.files[CONFIG] == "[profile new]\nregion = x\n"


def test_what_is_set_can_be_got_and_what_is_not_ends_in_one() -> None:
    found = machine("[default]\nregion = x")
    assert configure(["get", "region"], found, Options()) == "x\n"
    with pytest.raises(CliError) as caught:
        configure(["get", "output"], found, Options())
    assert caught.value.status == 1


def test_answers_in_lines_are_those_to_the_four_questions() -> None:
    found = machine("[default]\noutput = text", "")
    configure([], found, Options(), ["K", "S", "eu-west-2", ""])
    assert found.profiles()["default"] == {
        "output": "text",
        "region": "eu-west-2",
        "aws_access_key_id": "K",
        "aws_secret_access_key": "S",
    }


def test_what_counts_is_listed_with_its_place() -> None:
    listed = configure(["list"], machine("[default]\nregion = x", AWS_REGION="y"), Options())
    assert "region                        y              env    ['AWS_REGION']" in listed
    assert "access_key     ****************AULT shared-credentials-file" in listed
    assert "<not set>" in configure(["list"], machine("", ""), Options())


@pytest.mark.parametrize(
    ("words", "status"),
    [("", 255), ("set region", 252), ("set a b c", 252), ("get", 252), ("sett a b", 252)],
)
def test_half_a_command_is_refused(words: str, status: int) -> None:
    with pytest.raises(CliError) as caught:
        configure(words.split(), machine(), Options())
    assert caught.value.status == status


def test_profiles_of_both_files_are_listed_once() -> None:
    found = machine("[profile dev]\nregion = x\n[other]\nregion = y\n[profile third]\nregion = z")
    assert configure(["list-profiles"], found, Options()).split() == ["dev", "third", "default"]
