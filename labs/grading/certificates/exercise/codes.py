"""Finding codes of certificates at listeners: what each means, and the section that teaches it."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

SHOWN = "which-certificate-is-shown"
CARE = "certificates-that-stay-valid"

CHECK_CODES = {
    "certs.not-decided": Code(
        say("Nothing was decided"),
        say("AWS would not take these settings, so no visitor was tried."),
        CARE,
    ),
    "certs.as-asked": Code(
        say("Visitors get what they should"),
        say("The certificate that is shown fits the name, the day and the visitor."),
        SHOWN,
    ),
    "certs.few-enough": Code(
        say("Few certificates"),
        say("One certificate may have several names: fewer are less to look after."),
        CARE,
    ),
}

WRONG_CODES = {
    "certs.name": Code(
        say("A certificate for another name"),
        say(
            "The browser compares the certificate with the name in its address bar. If none of the "
            "list fits, the default is shown, whatever its names are."
        ),
        SHOWN,
    ),
    "certs.bare-name": Code(
        say("The star does not stand for nothing"),
        say("*.example.com is good for www.example.com and not for example.com. Name both."),
        SHOWN,
    ),
    "certs.two-parts": Code(
        say("The star stands for one part"),
        say("*.example.com is good for a.example.com and not for b.a.example.com."),
        SHOWN,
    ),
    "certs.no-sni": Code(
        say("Nobody said a name"),
        say("Whoever does not know SNI says no name, and is shown the default certificate."),
        SHOWN,
    ),
    "certs.key": Code(
        say("A key that the visitor does not know"),
        say(
            "Old programs know RSA and no elliptic curves. With one certificate of each kind for a "
            "name, every visitor gets the best that it can use."
        ),
        CARE,
    ),
    "certs.protocol": Code(
        say("No version of TLS in common"),
        say("The security policy says which versions of TLS a listener speaks."),
        CARE,
    ),
    "certs.too-old-protocol": Code(
        say("An old version of TLS gets in"),
        say("The security policy says which versions of TLS a listener speaks."),
        CARE,
    ),
    "certs.let-through": Code(
        say("Somebody is served who should not be"),
        say("A certificate with a star is good for more names than are in use."),
        SHOWN,
    ),
    "certs.imported": Code(
        say("Imported, and out of date"),
        say("ACM never renews what was imported. Somebody has to bring a new one in time."),
        CARE,
    ),
    "certs.by-mail": Code(
        say("Nobody clicked"),
        say("A certificate that is validated by e-mail is renewed only if somebody clicks."),
        CARE,
    ),
    "certs.no-record": Code(
        say("The record is gone"),
        say(
            "ACM renews by itself as long as its CNAME record stands in the DNS, for every name of "
            "the certificate."
        ),
        CARE,
    ),
    "certs.not-yet": Code(
        say("Not valid yet"),
        say("A certificate has a first day as well as a last one."),
        CARE,
    ),
    "certs.untrusted": Code(
        say("Signed by nobody whom browsers know"),
        say("What one has signed oneself encrypts as well, but browsers do not trust it."),
        CARE,
    ),
    "certs.ambiguous": Code(
        say("Several certificates fit"),
        say(
            "The guide prefers ECDSA over RSA, then what has not expired, then the longer key. "
            "What it does not say should not matter: let all that may be shown be good."
        ),
        CARE,
    ),
    "certs.too-many": Code(
        say("More certificates than needed"),
        say("One certificate may have several names: fewer are less to look after."),
        CARE,
    ),
}

MISTAKE_CODES = {
    "certs.unused": Code(
        say("A certificate that no listener shows"),
        say("ACM renews only what some service uses."),
        CARE,
    ),
    "certs.form": Code(
        say("Not a setting of certificates"),
        say("Keys are AWS's names, with their capitals."),
        CARE,
    ),
    "certs.out-of-range": Code(
        say("A number that is too large or too small"),
        say("AWS has limits for numbers, and refuses what lies beyond."),
        CARE,
    ),
    "certs.unknown-name": Code(
        say("A name that is not there"),
        say("A listener names certificates that there are, and AWS's own names of policies."),
        CARE,
    ),
    "certs.name-taken": Code(
        say("Two certificates of one name"),
        say("Each certificate has a name of its own here, for an ARN is hard to read."),
        CARE,
    ),
    "certs.name-form": Code(
        say("Not a name for a certificate"),
        say("A star may stand for the first part of a name as a whole, and nowhere else."),
        SHOWN,
    ),
    "certs.not-yours": Code(
        say("A name that cannot be proved"),
        say("ACM issues a certificate to whoever proves that the domain is theirs."),
        CARE,
    ),
    "certs.too-many-names": Code(
        say("More than ten names"),
        say("A certificate of ACM has ten names at most, unless the quota is raised."),
        CARE,
    ),
    "certs.no-default": Code(
        say("No default certificate"),
        say("A listener with TLS always has a default certificate."),
        SHOWN,
    ),
    "certs.one-only": Code(
        say("One certificate and no more"),
        say(
            "A Classic Load Balancer and a CloudFront distribution show one certificate. It may "
            "have several names."
        ),
        CARE,
    ),
    "certs.classic-key": Code(
        say("A key that the balancer does not take"),
        say(
            "A Classic Load Balancer takes certificates of ACM with RSA keys of up to 2048 bits. "
            "Application and Network Load Balancers take ECDSA and longer keys as well."
        ),
        CARE,
    ),
    "certs.region": Code(
        say("A certificate of another Region"),
        say(
            "A certificate serves where it is: in the Region of the balancer, and for CloudFront "
            "in us-east-1."
        ),
        CARE,
    ),
}

CODES = CHECK_CODES | WRONG_CODES | MISTAKE_CODES
