"""The README's pictures, taken from a demo of its own:  python -m tests.e2e.pictures"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.e2e.conftest import CHROMIUM, CHROMIUM_ARGS, sign_in
from tests.e2e.people import fill_answer, verdict
from tests.running import start_portal

FOLDER = Path(__file__).resolve().parents[2] / "portal" / "pictures"
TOO_WIDE = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "s3:GetObject", "s3:PutObject"],
      "Resource": ["arn:aws:s3:::course-reports", "arn:aws:s3:::course-reports/*"]
    }
  ]
}"""


def lesson(page: Page) -> None:
    page.goto("/learn/aws/security-groups/")


def lab(page: Page) -> None:
    page.goto("/labs/read-one-bucket/")
    fill_answer(page, TOO_WIDE)
    page.keyboard.press("Control+Enter")
    verdict(page, "failed")
    page.wait_for_timeout(500)


def cohort(page: Page) -> None:
    page.goto("/cohorts/demo/")


PICTURES = {"lesson": ("mia", lesson), "lab": ("mia", lab), "cohort": ("tom", cohort)}


def main() -> None:
    portal = start_portal(Path(tempfile.mkdtemp(prefix="pictures-")))
    FOLDER.mkdir(exist_ok=True)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
            for name, (who, show) in PICTURES.items():
                page = browser.new_context(
                    base_url=portal.url, viewport={"width": 1280, "height": 1100}
                ).new_page()
                sign_in(page, f"{who}@demo.example")
                show(page)
                page.screenshot(path=FOLDER / f"{name}.png")
            browser.close()
    finally:
        portal.stop()


if __name__ == "__main__":
    main()
