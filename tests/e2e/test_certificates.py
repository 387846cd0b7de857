"""From the last lab to a page that anybody can see, and to one that says it is revoked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jwt
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.faults import all_faults
from tests.running import Portal, environment

NAME = "Zoë Zielinska-Łukasiewicz"


@pytest.fixture(scope="module")
def mastered(portal: Portal) -> None:
    """Zoë has done everything."""
    command = [sys.executable, "-m", "tests.e2e.mastering"]
    subprocess.run(command, env=environment(portal.data_dir), check=True)


def test_a_certificate_is_made_shown_verified_and_revoked(
    mastered: None, page_of: Callable[..., Page], tmp_path: Path
) -> None:
    zoe, anybody, admin = page_of("zoe"), page_of(""), page_of("admin")
    zoe.goto("/accounts/profile/")
    zoe.get_by_role("link", name="Certificates and badges").click()
    expect(zoe.locator(".module-badge[data-earned=yes]").first).to_be_visible()
    assert zoe.locator(".module-badge[data-earned=no]").count() == 0
    assert all_faults(zoe) == []
    zoe.get_by_role("link", name="Make the certificate").click()
    expect(zoe.get_by_label("Your name, as the certificate says it")).to_have_value(NAME)
    assert all_faults(zoe) == []
    zoe.get_by_role("button", name="Make the certificate").click()

    anybody.goto(zoe.url)
    expect(anybody.get_by_text(NAME)).to_be_visible()
    assert all_faults(anybody) == []
    with anybody.expect_download() as download:
        anybody.get_by_role("link", name="Download the credential").click()
    token = Path(download.value.path()).read_text()
    key = jwt.PyJWK(jwt.get_unverified_header(token)["jwk"], algorithm="RS256")
    claims = jwt.decode(token, key, algorithms=["RS256"])
    assert claims["credentialSubject"]["identifier"][0]["identityHash"] == NAME

    admin.goto("/cohorts/masters/certificates/")
    expect(admin.get_by_role("cell", name="valid")).to_be_visible()
    assert all_faults(admin) == []
    admin.get_by_role("link", name="Revoke").click()
    admin.get_by_label("Why").fill("A test.")
    assert all_faults(admin) == []
    admin.get_by_role("button", name="Revoke").click()
    expect(admin.get_by_role("button", name="Make it valid again")).to_be_visible()
    assert all_faults(admin) == []

    anybody.reload()
    expect(anybody.get_by_role("heading", name="This certificate is revoked")).to_be_visible()
    assert all_faults(anybody) == []
    assert NAME not in anybody.content()
    zoe.goto("/certificates/")
    expect(zoe.get_by_text("A test.")).to_be_visible()
    assert all_faults(zoe) == []


def test_printed_it_is_one_sheet_of_a4_across_with_text_in_it(
    mastered: None, page_of: Callable[..., Page]
) -> None:
    admin, zoe = page_of("admin"), page_of("zoe")
    admin.goto("/cohorts/masters/certificates/")
    admin.get_by_role("button", name="Make it valid again").click()
    zoe.goto("/certificates/")
    zoe.locator(".card h3 a").first.click()
    zoe.locator("article.certificate").wait_for()
    sheet = zoe.pdf(prefer_css_page_size=True, print_background=True)
    assert sheet.count(b"/Type /Page\n") == 1
    [box] = [line for line in sheet.split(b"\n") if b"/MediaBox" in line]
    width, height = (float(number) for number in box.split(b"[")[1].split(b"]")[0].split()[2:])
    assert (round(width), round(height)) == (842, 595)
    assert b"/Font" in sheet
