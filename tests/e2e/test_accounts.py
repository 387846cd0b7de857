"""What protects an account, in a real browser: an authenticator app, passkeys, devices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import sign_in, watch
from tests.e2e.faults import faults
from tests.e2e.people import invite, sign_up
from tests.portal.accounts.authenticator_app import code_of
from tests.running import Portal

PASSWORD = "three-quiet-otters"


@pytest.fixture
def newcomer(
    page_of: Callable[..., Page], browser: Browser, portal: Portal, problems: list[str]
) -> Iterator[Callable[[str], Page]]:
    """A page of somebody who just signed up and whose address is confirmed."""
    contexts = []

    def come(name: str) -> Page:
        code = invite(page_of("tom"))
        context = browser.new_context(base_url=portal.url, reduced_motion="reduce")
        contexts.append(context)
        page = watch(context.new_page(), problems)
        email = f"{name.lower()}@demo.example"
        sign_up(page, code, email=email, name=name, password=PASSWORD)
        portal.manage(
            *("shell", "--no-imports", "--command"),
            "from allauth.account.models import EmailAddress; "
            f"EmailAddress.objects.filter(email={email!r}).update(verified=True)",
        )
        return page

    yield come
    for context in contexts:
        context.close()


def looks_right(page: Page) -> None:
    """Narrow and wide, light and dark, once each: they are made of parts that others have."""
    assert [*faults(page, "light", 390), *faults(page, "dark", 1280)] == []


def prove(page: Page) -> None:
    """Type the password again, where the portal asks for it."""
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def password_of(page: Page, name: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(f"{name}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(newcomer):
    page = newcomer("Otto")
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Set up an app").click()
    prove(page)
    expect(page.get_by_alt_text("QR code with the key below")).to_be_visible()
    looks_right(page)
    secret = page.locator("main pre code").inner_text()
    page.get_by_label("Code", exact=True).fill(code_of(secret, -1))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    looks_right(page)
    codes = page.locator("main pre code").inner_text().split()
    assert len(codes) == 10
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("in use")).to_be_visible()
    looks_right(page)

    sign_out(page)
    password_of(page, "otto")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    looks_right(page)
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile("/day/"))

    sign_out(page)
    password_of(page, "otto")
    page.get_by_label("Code", exact=True).fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile("/day/"))


def authenticator(page: Page) -> tuple[object, str]:
    """A device with a lock of its own, that says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def test_a_passkey_is_made_and_signs_in_without_a_password(newcomer):
    page = newcomer("Petra")
    device, key = authenticator(page)
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    prove(page)
    looks_right(page)
    page.get_by_label("Name").fill("Petra's laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("link", name="Remove Petra's laptop")).to_be_visible()
    looks_right(page)

    sign_out(page)
    page.goto("/accounts/login/?next=/labs/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r":\d+/labs/$"))

    sign_out(page)  # the password alone is not enough any more, and the same key is
    password_of(page, "petra")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url(re.compile("/day/"))

    sign_out(page)
    device.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()
    looks_right(page)


def test_an_app_can_be_set_up_without_javascript(newcomer, browser, portal):
    newcomer("Quinn")
    context = browser.new_context(base_url=portal.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "quinn@demo.example", PASSWORD)
    page.goto("/accounts/2fa/totp/activate/")
    prove(page)
    secret = page.locator("main pre code").inner_text()
    page.get_by_label("Code", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    context.close()


def test_everything_else_is_signed_out_from_one_device(newcomer, browser, portal):
    page = newcomer("Rosa")
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Safari/604.1"
    context = browser.new_context(base_url=portal.url, user_agent=phone)
    other = context.new_page()
    sign_in(other, "rosa@demo.example", PASSWORD)
    page.goto("/accounts/sessions/")
    expect(page.get_by_text("Safari · iPhone", exact=True).first).to_be_visible()
    expect(page.get_by_text("this one")).to_have_count(1)
    looks_right(page)
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_text("Safari · iPhone")).to_have_count(0)
    other.goto("/day/")
    expect(other).to_have_url(re.compile("/accounts/login/"))
    page.goto("/day/")
    expect(page).to_have_url(re.compile("/day/$"))
    context.close()


def test_the_time_zone_of_the_device_is_offered(page_of):
    page = page_of("lea", timezone_id="Pacific/Auckland")
    page.goto("/accounts/profile/")
    zone = page.get_by_label("Time zone")
    expect(zone).to_have_value("")
    page.get_by_role("button", name="Use the time zone of this device").click()
    expect(zone).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(zone).to_have_value("Pacific/Auckland")
    expect(page.get_by_role("button", name="Use the time zone of this device")).to_have_count(0)
    zone.select_option("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(zone).to_have_value("")
