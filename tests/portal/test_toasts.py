"""What is said during a request by htmx reaches the page, once."""

from __future__ import annotations

import json

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.toasts import middleware


def answer_to(request: HttpRequest, response: HttpResponse, *said: str) -> HttpResponse:
    request._messages = CookieStorage(request)  # what MessageMiddleware does

    def view(request: HttpRequest) -> HttpResponse:
        for words in said:
            messages.success(request, words)
        return response

    return middleware(view)(request)


@pytest.fixture
def by_htmx(rf: RequestFactory) -> HttpRequest:
    return rf.post("/", headers={"HX-Request": "true"})


def test_messages_travel_in_the_header(by_htmx: HttpRequest) -> None:
    response = answer_to(by_htmx, HttpResponse(), "Saved.", "Größer “als” <b>")
    assert json.loads(response["HX-Trigger"]) == {
        "toast": {
            "value": [
                {"text": "Saved.", "tone": "success"},
                {"text": "Größer “als” <b>", "tone": "success"},
            ]
        }
    }


def test_nothing_said_is_no_header(by_htmx: HttpRequest) -> None:
    assert "HX-Trigger" not in answer_to(by_htmx, HttpResponse())


@pytest.mark.parametrize("header", ["HX-Redirect", "HX-Refresh", "Location"])
def test_a_page_that_is_loaded_next_shows_them_itself(by_htmx: HttpRequest, header: str) -> None:
    assert "HX-Trigger" not in answer_to(by_htmx, HttpResponse(headers={header: "/day/"}), "Saved.")


def test_an_ordinary_request_keeps_them_for_its_page(rf: RequestFactory) -> None:
    assert "HX-Trigger" not in answer_to(rf.post("/"), HttpResponse(), "Saved.")
