from __future__ import annotations

import json
from random import Random

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import exercise_of, grade, read_answer
from labs.grading.kinds import KINDS, certificates
from tests.labs.grading.garbling import garbled

KIND = KINDS["certificates"]
RIGHT = """\
Certificates:
  site:
    DomainName: a.com
    SubjectAlternativeNames: ["*.a.com"]
    ValidationMethod: DNS
  cdn:
    DomainName: cdn.a.com
    Region: us-east-1
Listeners:
  web:
    DefaultCertificate: site
    Certificates: [kept]
    SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
  assets:
    DefaultCertificate: cdn
  old:
    DefaultCertificate: site
"""
TABLE = {
    "issued": "2026-12-01",
    "most_certificates": 3,
    "listeners": [
        {"name": "web"},
        {"name": "assets", "type": "cloudfront", "region": "us-east-1"},
        {"name": "old", "type": "classic"},
    ],
    "certificates": [
        {"name": "kept", "names": ["b.com"], "first": "2026-01-01", "last": "2030-01-01"},
        {"name": "long", "names": ["a.com"], "first": "2026-01-01", "last": "2030-01-01",
         "algorithm": "RSA_4096"},
    ],
    "zones": [{"name": "a.com"}, {"name": "c.com", "keeps": False}],
    "visitors": [
        {"name": "site", "host": "www.a.com", "day": "2028-12-01"},
        {"name": "till", "host": "a.com", "day": "2026-12-01", "sni": False, "rsa_only": True},
        {"name": "b", "host": "b.com", "day": "2028-12-01"},
        {"name": "cdn", "listener": "assets", "host": "cdn.a.com", "day": "2028-12-01"},
        {"name": "old", "listener": "old", "host": "x.a.com", "day": "2026-12-01"},
        {"name": "too old", "host": "a.com", "day": "2026-12-01", "tls": "1.0",
         "expect": "refused"},
        {"name": "nobody", "host": "d.com", "day": "2026-12-01", "expect": "warned"},
    ],
}  # fmt: skip
FILES = {"solution.yaml": RIGHT}


def report(text, **changes):
    return grade(KIND, table=TABLE | changes, files=FILES, text=text, with_cure=True)


def failed(text):
    return {one.code: one for one in report(text).findings if not one.passed}


def changed(before, after):
    assert before in RIGHT
    return RIGHT.replace(before, after, 1)


def test_sensible_settings_score_everything_in_yaml_and_json():
    assert report(RIGHT).percent == 100
    assert report(json.dumps(read_answer(KIND, RIGHT).document.value)).percent == 100
    assert len(report(RIGHT).outcomes) == 7


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (changed("DNS", "EMAIL"), "certs.by-mail", "on 2028-12-01"),
        (changed("DomainName: a.com", "DomainName: x.a.com"), "certs.no-sni", "https://a.com/"),
        (changed('"*.a.com"', "x.a.com"), "certs.name", "https://www.a.com/"),
        (changed('["*.a.com"]', '["*.a.com", c.com]'), "certs.no-record", "CNAME"),
        (changed("    ValidationMethod", "    KeyAlgorithm: EC_prime256v1\n    ValidationMethod")
         .replace("  old:\n    DefaultCertificate: site", "  old:\n    DefaultCertificate: kept"),
         "certs.key", "RSA only"),
        (changed("Certificate: site\n    Certificates: [kept]",
                 "Certificate: kept\n    Certificates: [site]"), "certs.no-sni", "without SNI"),
        (changed("    SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06\n", ""),
         "certs.too-old-protocol", "up to TLS 1.0"),
        (changed('"*.a.com"', '"*.a.com", d.a.com'), "", ""),
        (changed("[kept]", "[kept, more]").replace("Listeners:",
                 "  more:\n    DomainName: y.a.com\nListeners:"), "certs.too-many", "4"),
    ],
)  # fmt: skip
def test_what_a_visitor_meets_is_told_with_what_to_do(text, code, words):
    found = failed(text)
    if not code:
        assert found == {}
        return
    assert words in found[code].message
    assert found[code].section == KIND.CODES[code].section
    assert found[code].cure
    if found[code].counterexample:
        assert certificates.behaviour(found[code], "") != ""
    assert report(text).cure is not None


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (changed("    Region: us-east-1\n", ""), "certs.region", "us-east-1"),
        (changed("  old:\n", "  old:\n    Certificates: [kept]\n"), "certs.one-only", "Classic"),
        (changed("  old:\n    DefaultCertificate: site", "  old:\n    DefaultCertificate: long"),
         "certs.classic-key", "2048"),
        (changed("DomainName: a.com", "DomainName: e.com"), "certs.not-yours", "e.com"),
        (changed("DomainName: a.com", "DomainName: a*.a.com"), "certs.name-form", "whole"),
        (changed("DefaultCertificate: site", "Certificate: site"), "certs.form", "Write"),
        (changed("    DefaultCertificate: cdn", "    Certificates: [cdn]"), "certs.no-default", ""),
        (changed("  assets:\n    DefaultCertificate: cdn\n", ""), "certs.no-default", "assets"),
        (changed("[kept]", "[keep]"), "certs.unknown-name", "kept"),
        (changed("TLS13-1-2-2021-06", "TLS13"), "certs.unknown-name", ""),
        (changed("  cdn:", "  kept:"), "certs.name-taken", "kept"),
        (changed('["*.a.com"]', json.dumps([f"n{n}.a.com" for n in range(10)])),
         "certs.too-many-names", "10"),
    ],
)  # fmt: skip
def test_what_aws_refuses_is_not_tried(text, code, words):
    found = report(text)
    assert found.refused
    assert words in next(one.message for one in found.findings if one.code == code)


def test_a_certificate_that_nobody_shows_is_marked_while_one_types():
    text = changed("Listeners:", "  idle:\n    DomainName: z.a.com\nListeners:")
    spec = exercise_of(KIND, table=TABLE, files=FILES).spec
    (found,) = certificates.advise(read_answer(KIND, text), spec)
    assert (found.code, found.points, found.line) == ("certs.unused", 0, 9)
    assert report(text).percent == 100


def test_an_answer_without_listeners_is_not_read():
    with pytest.raises(AnswerError):
        read_answer(KIND, "- site")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"issued": "tomorrow"}, "not a day"),
        ({"listeners": []}, "is missing"),
        ({"visitors": []}, "worth a point"),
        ({"visitors": [TABLE["visitors"][0] | {"expect": "warned"}]}, "accepted, and not warned"),
        ({"most_certificates": 2}, "3 certificates"),
        ({"surplus": 1}, "unknown key"),
    ],
)
def test_a_wrong_spec_is_named(changes, words):
    with pytest.raises(SpecError, match=words):
        KIND.read_spec(TABLE | changes, FILES)


WORDS = ["a.com", '"*.a.com"', "[kept, site]", "5", "[]", "{}", "null", '"', "DNS", "kept", "- ",
         "[{CertificateArn: 5}]", "*", "x" * 200]  # fmt: skip


def test_no_answer_breaks_the_check():
    dice = Random(4)
    exercise = exercise_of(KIND, table=TABLE, files=FILES)
    for _ in range(400):
        try:
            exercise.grade(garbled(dice, RIGHT, WORDS))
        except AnswerError:
            continue


def test_the_same_answer_is_judged_the_same():
    text = changed("DNS", "EMAIL")
    assert report(text).as_json() == report(text).as_json()
