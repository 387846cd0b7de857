"""What the alert rules and the dashboard ask of Prometheus, and what a scrape shows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import yaml
from prometheus_client.parser import text_string_to_metric_families

FOLDER = Path(__file__).resolve().parents[3] / "portal" / "operations"
RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]
    for rule in group["rules"]
]
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text())
Labels = dict[str, set[str]]


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in RULES)
    for panel in DASHBOARD["panels"]:
        yield from (target["expr"] for target in panel["targets"])


def asked_by(expression: str) -> dict[str, Labels]:
    """Metric → label → the values that it must have; empty where any will do."""
    found: dict[str, Labels] = defaultdict(lambda: defaultdict(set))
    tree = promql_parser.parse(expression)
    grouped: set[str] = set()

    def visit(node: Any) -> None:
        if isinstance(node, promql_parser.AggregateExpr) and node.modifier is not None:
            grouped.update(node.modifier.labels)
        if isinstance(node, promql_parser.VectorSelector):
            labels = found[str(node.name)]
            for matcher in node.matchers.matchers:
                exact = matcher.op == promql_parser.MatchOp.Equal
                labels[matcher.name] |= {matcher.value} if exact else set()

    promql_parser.walk(tree, visit)
    for labels in found.values():
        for name in grouped:
            labels[name] |= set()
    return found


def asked() -> dict[str, Labels]:
    found: dict[str, Labels] = defaultdict(lambda: defaultdict(set))
    for expression in expressions():
        for metric, labels in asked_by(expression).items():
            for name, values in labels.items():
                found[metric][name] |= values
            found[metric] |= {}
    return found


def shown_by(scraped: str) -> dict[str, Labels]:
    """The same of a scrape: every value that each label has."""
    found: dict[str, Labels] = defaultdict(lambda: defaultdict(set))
    for family in text_string_to_metric_families(scraped):
        for sample in family.samples:
            for name, value in sample.labels.items():
                found[sample.name][name].add(value)
            found[sample.name] |= {}
    return found


def not_shown(scraped: str) -> list[str]:
    """What is asked and nowhere to be found, as `metric`, `metric{label}` or
    `metric{label="value"}`."""
    shown, missing = shown_by(scraped), []
    for metric, labels in asked().items():
        if metric not in shown:
            missing.append(metric)
            continue
        for name, values in labels.items():
            if name not in shown[metric]:
                missing.append(f"{metric}{{{name}}}")
            missing += [f'{metric}{{{name}="{value}"}}' for value in values - shown[metric][name]]
    return missing
