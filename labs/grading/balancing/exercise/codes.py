"""Finding codes of listener rules: what each means, and the section of the notes that teaches
it."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

RULES = "the-rules-of-a-listener"
REDIRECTS = "redirects-weights-and-fixed-answers"

CHECK_CODES = {
    "alb.not-decided": Code(
        say("Nothing was decided"),
        say("AWS would not save these rules, so no request was tried."),
        RULES,
    ),
    "alb.request-elsewhere": Code(
        say("A request goes elsewhere"),
        say(
            "Rules are tried from the lowest priority up. The first whose conditions all hold "
            "decides, and no other; what meets none goes to the default action."
        ),
        RULES,
    ),
    "alb.same-routing": Code(
        say("Every request goes where it should"),
        say("No request is answered otherwise than the task asks, however the rules are written."),
        RULES,
    ),
    "alb.other-routing": Code(
        say("Some request is answered otherwise"),
        say(
            "At least one request, of all that there can be, is answered otherwise than the task "
            "asks. The one shown is among the simplest."
        ),
        RULES,
    ),
}

REFUSED_CODES = {
    "alb.priority-twice": Code(
        say("Two rules with one priority"),
        say("Each rule of a listener has a priority of its own, from 1 to 50000."),
        RULES,
    ),
    "alb.condition-twice": Code(
        say("Two conditions on one thing"),
        say(
            "A rule has at most one condition on host, path, method and source each. Values in one "
            "condition are alternatives. Only headers and query strings may be asked for several "
            "times, and then all of them must hold."
        ),
        RULES,
    ),
    "alb.too-many-values": Code(
        say("More than five values in a rule"),
        say("A rule compares at most 5 values, of all its conditions together. Write two rules."),
        RULES,
    ),
    "alb.too-many-wildcards": Code(
        say("More than five wildcards in a rule"),
        say("A rule has at most 5 wildcards, of all its values together. Write two rules."),
        RULES,
    ),
    "alb.host-form": Code(
        say("Not a host"),
        say(
            "A host condition takes letters, digits, hyphens, dots, * and ?, with at least one "
            "dot: no protocol, no port, no path."
        ),
        RULES,
    ),
    "alb.path-form": Code(
        say("Not a path"),
        say("A path condition takes the characters of a path, * and ?: no host and no #."),
        RULES,
    ),
    "alb.method-form": Code(
        say("Not a method"),
        say("Methods are compared exactly, in capitals and without wildcards: GET, POST."),
        RULES,
    ),
    "alb.nobody": Code(
        say("An address that is nobody's"),
        say("255.255.255.255/32 is no visitor's address, and AWS refuses it."),
        RULES,
    ),
    "alb.host-as-header": Code(
        say("The host as a header"),
        say("http-header takes every header but Host; for that there is host-header."),
        RULES,
    ),
    "alb.header-name": Code(
        say("Not the name of a header"),
        say("The name of a header is compared exactly, but for its case. Values take wildcards."),
        RULES,
    ),
    "alb.redirect-same": Code(
        say("A redirect to where it came from"),
        say(
            "A redirect changes at least one of protocol, host, port and path. Otherwise the "
            "browser would ask the same again."
        ),
        REDIRECTS,
    ),
    "alb.redirect-downgrade": Code(
        say("From HTTPS back to HTTP"),
        say("Redirects go from HTTP to HTTP or HTTPS, and from HTTPS to HTTPS only."),
        REDIRECTS,
    ),
}

MISTAKE_CODES = {
    "alb.values-of-a-condition": Code(
        say("More than three values in a condition"),
        say("The guide allows three comparisons in one condition, and five in a rule."),
        RULES,
    ),
    "alb.forwarded-for": Code(
        say("A header in the place of the source"),
        say(
            "Rules see a request as the visitor sent it. X-Forwarded-For is whatever the visitor "
            "wrote into it; source-ip is the address that the connection comes from."
        ),
        RULES,
    ),
    "alb.host-bits": Code(
        say("A block that begins elsewhere"),
        say("Bits behind the prefix length do not count. One address ends in /32."),
        "cidr-blocks",
    ),
    "alb.query-in-path": Code(
        say("A query in a path"),
        say(
            "The path ends before the question mark. What follows is the query; the condition "
            "query-string looks at its pairs."
        ),
        RULES,
    ),
    "alb.no-slash": Code(
        say("A path without its first slash"),
        say("The whole path is compared, and it begins with a slash."),
        RULES,
    ),
    "alb.never": Code(
        say("A rule that nothing can meet"),
        say("All conditions of a rule must hold at once. These never do."),
        RULES,
    ),
    "alb.shadowed": Code(
        say("A rule without effect"),
        say("Rules with a lower number decide everything that this one asks for."),
        RULES,
    ),
    "alb.redirect-loop": Code(
        say("A redirect that comes back"),
        say(
            "The address that the browser is sent to meets a redirect again, and so on, until the "
            "browser gives up: too many redirects."
        ),
        REDIRECTS,
    ),
    "alb.redirect-port": Code(
        say("The port of the other protocol"),
        say(
            "What a redirect leaves out stays as it came, the port, too. From HTTP at 80 to HTTPS "
            "takes both: protocol HTTPS and port 443."
        ),
        REDIRECTS,
    ),
    "alb.redirect-status": Code(
        say("For good or for now"),
        say("Browsers keep a 301 and never ask the old address again. A 302 is asked again."),
        REDIRECTS,
    ),
    "alb.redirect-part": Code(
        say("Another address than asked for"),
        say(
            "Each part of the address is given, or carried over by its keyword. An empty query "
            "drops it."
        ),
        REDIRECTS,
    ),
    "alb.weights": Code(
        say("Other shares"),
        say("A group gets its weight out of the sum of all: 9 and 1 are 90 % and 10 %."),
        REDIRECTS,
    ),
    "alb.order": Code(
        say("The right rule comes too late"),
        say("The first rule that holds decides. Put the narrow rule before the wide one."),
        RULES,
    ),
    "alb.bare-path": Code(
        say("The path without what follows it"),
        say("/users/* needs the second slash. /users itself is another path: name both."),
        RULES,
    ),
    "alb.path-case": Code(
        say("Capitals in a path"),
        say("Paths are compared with their case, hosts, headers and queries without."),
        RULES,
    ),
    "alb.bare-host": Code(
        say("The host without what comes before it"),
        say("*.example.com needs something and a dot. example.com is another host: name both."),
        RULES,
    ),
    "alb.wide-path": Code(
        say("A path that takes more"),
        say("/users* takes /users-old as well. /users and /users/* together take no neighbour."),
        RULES,
    ),
    "alb.wide-host": Code(
        say("A host that takes more"),
        say(
            "*example.com takes every host below it, and myexample.com as well, which may be "
            "somebody else's. *.example.com takes every host below it."
        ),
        RULES,
    ),
}

CODES = CHECK_CODES | REFUSED_CODES | MISTAKE_CODES
