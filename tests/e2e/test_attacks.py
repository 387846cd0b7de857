"""What a browser makes of the corpus of attacks (tests/fixtures/attacks.txt) once it is in every
table: no script, no element, no request to anybody else, and no complaint of the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.attacks import ATTACKS, HOST, MARK, storable
from tests.running import Portal

# In every document before anything of it runs.
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
LOOK = f"""() => [
  ...[...document.querySelectorAll("#{MARK}, .{MARK}, [name={MARK}]")].map((one) => one.outerHTML),
  ...[...document.querySelectorAll("main *")].flatMap((one) => [...one.attributes]
    .map(({{ name }}) => `${{one.localName}} ${{name}}`).filter((name) => / on/.test(name))),
  ...[...document.links].filter((one) => one.protocol === "javascript:").map((one) => one.href),
  ...(window.{MARK} === undefined ? [] : ["a script ran"]),
  ...window.violations,
]"""
LETTERS = [storable(text) for text in ATTACKS if "\n" not in text and len(text) < 200]
TYPED = LETTERS[:48:3]

PAGES = {
    "att": [
        "/day/", "/learn/attacked/", "/learn/attacked/attacked/", "/labs/", "/labs/attacked/",
        "/labs/attacked/texts/", "/labs/attacked/solution/", "/accounts/profile/",
        "/accounts/email/", "/search/?q=needle",
    ],
    "teach": [
        "/day/", "/cohorts/", "/cohorts/attacked/", "/cohorts/attacked/invitations/",
    ],
    "admin": [
        "/admin/", "/admin/accounts/user/?q=attacked", "/admin/cohorts/cohort/",
        "/admin/cohorts/membership/", "/admin/labs/submission/", "/admin/labs/lab/",
        "/admin/audit/entry/",
    ],
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _attacked(portal: Portal) -> None:
    portal.manage("shell", "-c", "from tests.e2e.attacked import seed; seed()")


@pytest.fixture
def noted() -> Iterator[list[str]]:
    """Dialogs, and requests to others; a test that expects some removes them."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_as(
    page_of: Callable[..., Page], portal: Portal, noted: list[str]
) -> Callable[[str], Page]:
    """A page whose every wrong-doing is noted."""

    def open_page(who: str) -> Page:
        page = page_of(who, service_workers="block")
        page.add_init_script(WATCH)
        page.on("dialog", lambda dialog: (noted.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: ours(request.url, portal) or noted.append(request.url))
        return page

    return open_page


def ours(url: str, portal: Portal) -> bool:
    return url.startswith((f"{portal.url}/", "data:", "blob:", "about:"))


def test_the_test_sees_what_it_looks_for(open_as, problems, noted) -> None:
    page = open_as("")
    page.goto("/offline/")
    page.evaluate(
        "(text) => document.querySelector('main').insertAdjacentHTML('beforeend', text)",
        f"<b id={MARK} onclick=x></b><img src=//{HOST}/x.gif><a href='javascript:x'>x</a>",
    )
    page.wait_for_function("window.violations.length > 1")
    found = " ".join(page.evaluate(LOOK))
    assert all(part in found for part in (f'id="{MARK}"', "b onclick", "javascript:x", "img-src"))
    assert problems
    problems.clear()
    assert noted == [f"http://{HOST}/x.gif"]
    noted.clear()


@pytest.mark.parametrize("who", PAGES)
def test_no_page_becomes_what_was_typed(who: str, open_as) -> None:
    page = open_as(who)
    for path in PAGES[who]:
        assert page.goto(path).ok, path
        assert page.evaluate(LOOK) == [], path


def test_no_answer_gets_out_of_its_verdict(open_as) -> None:
    page = open_as("att")
    page.goto("/labs/attacked/")
    expect(page.locator(".cm-content")).to_be_visible()
    hrefs = {
        link.get_attribute("href") for link in page.locator("a[href^='/labs/attempts/']").all()
    }
    assert len(hrefs) > 5
    for href in sorted(hrefs):
        assert page.goto(href).ok
        assert page.evaluate(LOOK) == [], href
    teacher = open_as("teach")
    teacher.goto("/cohorts/attacked/?q=needle")
    teacher.goto("/cohorts/attacked/")
    rows = [
        link.get_attribute("href") for link in teacher.locator("main a[href*='/learners/']").all()
    ]
    for href in rows[::25]:
        assert teacher.goto(f"/cohorts/attacked/{href}" if href[0] != "/" else href).ok
        assert teacher.evaluate(LOOK) == [], href


def test_nothing_gets_out_of_the_field_it_is_typed_into(open_as) -> None:
    """While one types: results that htmx fetches, marks of the editor, and a page of refusal."""
    page = open_as("att")
    page.goto("/day/")
    page.keyboard.press("/")
    field = page.get_by_role("dialog", name="Search").get_by_role("searchbox")
    for text in TYPED:
        with page.expect_response(lambda answer: "/search/results/" in answer.url):
            field.fill(text)
        assert page.evaluate(LOOK) == [], text
    page.goto("/labs/attacked/")
    editor = page.locator(".cm-content")
    for text in TYPED[:6]:
        editor.click()
        page.keyboard.press("Control+a")
        with page.expect_response(lambda answer: "/lint/" in answer.url):
            page.keyboard.insert_text(f'{{"Version": "{text}')
        assert page.evaluate(LOOK) == [], text


@pytest.mark.parametrize(
    "path",
    ["/accounts/signup/?code={}", "/accounts/login/?next={}", "/accounts/join/?code={}", "/?x={}"],
)
def test_no_address_becomes_a_page(path: str, open_as) -> None:
    page = open_as("")
    for text in TYPED[::2]:
        assert page.goto(path.format(quote(text, safe=""))).ok
        assert page.evaluate(LOOK) == [], text
