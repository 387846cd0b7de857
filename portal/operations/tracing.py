"""Traces for OpenTelemetry: one span for a request, one for the check that it asked for.

Of our own, with the library's stable part: its instrumentation of Django is a beta, and puts
addresses into spans, which here may be links that open an account.
"""

from __future__ import annotations

import os
from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from opentelemetry import context, propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode

from labs import request_id
from portal.operations.requests import GetResponse, view_of

NAME = "learning-portal"
tracer = trace.get_tracer(NAME)
running: list[tuple[trace.Span, Any]] = []  # the task of this child and what it is a part of


def start() -> None:
    """Once a process; the exporter reads OTEL_… by itself."""
    name = os.environ.get("OTEL_SERVICE_NAME", NAME)
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    before_task_publish.connect(send_along)
    task_prerun.connect(begin_task)
    task_postrun.connect(end_task)


def stop() -> None:
    provider = trace.get_tracer_provider()
    if isinstance(provider, TracerProvider):
        provider.shutdown()


def middleware(get_response: GetResponse) -> GetResponse:
    def answer(request: HttpRequest) -> HttpResponseBase:
        above = propagate.extract(request.headers) if settings.TRUST_REQUEST_ID else None
        with tracer.start_as_current_span(
            str(request.method), context=above, kind=SpanKind.SERVER
        ) as span:
            response = get_response(request)
            describe(span, request, response.status_code)
            return response

    return answer


def describe(span: trace.Span, request: HttpRequest, status: int) -> None:
    view = view_of(request)
    span.update_name(f"{request.method} {view}")
    span.set_attributes(
        {
            "http.request.method": str(request.method),
            "http.response.status_code": status,
            "http.route": view,
            "request_id": request_id.current.get(),
        }
    )
    if status >= 500:
        span.set_status(StatusCode.ERROR)


def send_along(headers: dict[str, Any], **_signal: object) -> None:
    """With the message about a row."""
    propagate.inject(headers)


def begin_task(task: Any, **_signal: object) -> None:
    above = propagate.extract({"traceparent": str(task.request.get("traceparent") or "")})
    span = tracer.start_span(task.name, context=above, kind=SpanKind.CONSUMER)
    span.set_attribute("request_id", str(task.request.get("request_id") or ""))
    running.append((span, context.attach(trace.set_span_in_context(span))))


def end_task(state: str = "", **_signal: object) -> None:
    if running:
        span, token = running.pop()
        if state == "FAILURE":
            span.set_status(StatusCode.ERROR)
        span.end()
        context.detach(token)
