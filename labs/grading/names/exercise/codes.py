"""Finding codes of names taken apart. Each sort of name has codes of its own, for each leads to the
section that teaches it; what can go wrong with any sort is said once."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.kind import Code
from labs.grading.said import say

TYPES = "ec2-instances-types"
ARNS = "arns-and-wildcards"
REGIONS = "aws-regions"
ZONES = "aws-availability-zones-azs"
IMAGES = "from-dockerfile-to-registry"
VISITORS = "who-asked-and-who-passed-it-on"
CERTIFICATES = "which-certificate-is-shown"
HOMES = {
    "type": TYPES,
    "arn": ARNS,
    "place": REGIONS,
    "image": IMAGES,
    "visitor": VISITORS,
    "sni": CERTIFICATES,
}


@dataclass(frozen=True, slots=True)
class Mistake:
    title: str
    rule: str
    cure: str
    section: str = ""


ANY = {
    "read": Mistake(
        say("Every part is read right"), say("All parts are those that AWS's rules give."), ""
    ),
    "not-answered": Mistake(
        say("A part is not filled in"),
        say("Every part needs an entry. Where the name has no such part, write none."),
        say("Fill it in. If there is no such part, write none."),
    ),
    "other-part": Mistake(
        say("The right value in the wrong place"),
        say("This stands in the name, but it is another part of it."),
        say("It is a part of this name, but another one. Put it where it belongs."),
    ),
    "wrong-part": Mistake(
        say("A part is not what the name says"),
        say("Read the name from its beginning once more, part by part."),
        say("Read the name once more, part by part."),
    ),
    "unknown": Mistake(
        say("An entry that nobody asked for"),
        say("Nothing is checked here. Perhaps the name of an entry has a typing error."),
        say("Use the names that the task gives."),
    ),
}
OWN = {
    "type.class-for-family": Mistake(
        say("Family and generation run together"),
        say("The family is the letters in front of the number. The number is the generation."),
        say("Stop before the number: only the letters in front of it are the family."),
    ),
    "type.graviton-or-graphics": Mistake(
        say("Which g is it?"),
        say(
            "In front of the number g is the family: graphics processors. Behind the number g is "
            "an attribute: a Graviton processor."
        ),
        say("Look where the g stands: in front of the number or behind it?"),
    ),
    "type.other-size": Mistake(
        say("Another size"),
        say(
            "The size is everything behind the dot. large, xlarge and 2xlarge are three sizes, "
            "each twice the one before."
        ),
        say("Copy everything that stands behind the dot."),
    ),
    "type.other-purpose": Mistake(
        say("The family is made for other work"),
        say(
            "m and t are general purpose, c is for computing, r for memory, i and d for storage, "
            "g and p are accelerated."
        ),
        say("Look the family up: it is the letter in front of the number."),
    ),
    "arn.not-empty": Mistake(
        say("This part of the ARN is empty"),
        say(
            "Where a part makes no sense it stays empty, and its colon remains: IAM has no Region, "
            "a bucket has neither Region nor account."
        ),
        say("Count the colons: between two of them there is nothing. Write none."),
    ),
    "arn.folder-for-type": Mistake(
        say("A folder is no type"),
        say(
            "In S3 the resource begins with the bucket's name, and what follows is the key of an "
            "object. There is no type."
        ),
        say("An S3 resource has no type: bucket and key together are its name."),
    ),
    "arn.type-in-name": Mistake(
        say("The type is still in the name"),
        say("The resource is a type and a name. The first / or : between them belongs to neither."),
        say("Cut the type off, up to the first / or : behind it."),
    ),
    "place.zone-for-region": Mistake(
        say("A Region is no zone"),
        say("A Region's code ends with a number. Its zones have a letter behind it."),
        say("It ends with a number. What ends with a number, a Region or a zone?"),
    ),
    "place.region-for-zone": Mistake(
        say("A zone is no Region"),
        say("With a letter behind the number it is one zone of the Region, not all of it."),
        say("Behind the number stands a letter. What has a letter, a Region or a zone?"),
        ZONES,
    ),
    "place.letter-kept": Mistake(
        say("The zone's letter is no part of the Region"),
        say("The zone eu-west-2a is in the Region eu-west-2: its code without the letter."),
        say("Leave the letter out."),
        ZONES,
    ),
    "place.no-such-name": Mistake(
        say("AWS names nothing like this"),
        say(
            "A Region's code has an area, a direction and a number, with a hyphen before each: "
            "us-east-1. A zone adds one letter and no hyphen."
        ),
        say("Look at the hyphens and at the number: is each where AWS puts it?"),
    ),
    "place.is-one": Mistake(
        say("AWS does name something like this"),
        say("An area, a direction and a number: that is how a Region's code is built."),
        say("Compare it with us-east-1, hyphen by hyphen."),
    ),
    "image.latest": Mistake(
        say("Without a tag it is latest"),
        say("Where no tag is written, the tag latest is meant. It is not always the newest image."),
        say("No tag is written. Which one is meant then?"),
    ),
    "image.repository-cut": Mistake(
        say("A part of the repository's name is missing"),
        say(
            "The repository's name goes from the first slash behind the registry to the colon of "
            "the tag. It may have slashes of its own."
        ),
        say("Copy everything between the registry's slash and the colon."),
    ),
    "visitor.first": Mistake(
        say("The left end can be invented"),
        say(
            "What a request brings in X-Forwarded-For was written by the sender. The balancer adds "
            "the address that it has really seen at the right end."
        ),
        say("Begin at the right end: who wrote that address?"),
    ),
    "visitor.own-proxy": Mistake(
        say("This is a proxy of your own"),
        say(
            "The balancer sees your proxy. The proxy has seen the visitor, and has written that "
            "address down before: one place further to the left for each proxy of yours."
        ),
        say("Go one place to the left for each proxy of your own."),
    ),
    "visitor.balancer": Mistake(
        say("Balancer and visitor mixed up"),
        say(
            "The server's connection comes from the balancer. The visitor's address stands in the "
            "header only."
        ),
        say("There are two connections. Who opens the one to the server?"),
    ),
    "visitor.invented": Mistake(
        say("Nobody of yours has written this address"),
        say(
            "With preserve or remove the balancer adds nothing. What is in the header then, the "
            "sender has written."
        ),
        say("Look at the balancer's setting: does it add an address? If not, write none."),
    ),
    "visitor.wrong-part": Mistake(
        say("Another address"),
        say(
            "The server's connection comes from the balancer's own address. The visitor's is in "
            "the header, where the balancer or a proxy of yours has written it."
        ),
        say("Take the address from the task: the balancer's, or one out of the header."),
    ),
    "visitor.header": Mistake(
        say("The header arrives differently"),
        say(
            "append adds the sender's address at the right end, preserve changes nothing, remove "
            "takes the header away."
        ),
        say("Write down what was in the header, then do what the setting says."),
    ),
    "sni.one-label": Mistake(
        say("A star stands for one part"),
        say("*.example.com is good for shop.example.com, not for new.shop.example.com."),
        say("Count the parts in front of the domain: the star stands for exactly one."),
    ),
    "sni.bare-domain": Mistake(
        say("A star needs something to stand for"),
        say("*.example.com is not good for example.com itself. The bare name needs its own entry."),
        say("What would the star stand for? For nothing, and that it cannot."),
    ),
    "sni.exact-first": Mistake(
        say("The exact name comes first"),
        say("If one certificate has exactly this name and another fits by a star, the exact wins."),
        say("Look for a certificate with exactly this name."),
    ),
    "sni.default-too-soon": Mistake(
        say("A certificate fits"),
        say("The default is shown only where no name is said, or no certificate fits."),
        say("Put the name under each certificate of the list: one of them fits."),
    ),
    "sni.no-name": Mistake(
        say("No name was said"),
        say(
            "A client without SNI does not say which name it wants. The balancer then shows the "
            "default, though another would fit."
        ),
        say("The client says no name. What does the balancer show then?"),
    ),
    "sni.wrong-part": Mistake(
        say("This certificate is not shown"),
        say(
            "First a certificate with exactly this name, then one that fits with a star, then the "
            "default."
        ),
        say("Ask in this order: the exact name, a star, the default. It is one of the listener's."),
    ),
    "sni.warning": Mistake(
        say("Does the name fit the certificate?"),
        say(
            "A browser warns where the certificate that is shown does not have the name in its "
            "address bar."
        ),
        say("Compare the name in the address bar with the names of the certificate shown."),
    ),
}
MISTAKES = {f"{sort}.{suffix}": one for sort in HOMES for suffix, one in ANY.items()} | OWN


def section_of(code: str) -> str:
    return MISTAKES[code].section or HOMES[code.partition(".")[0]]


CODES = {code: Code(one.title, one.rule, section_of(code)) for code, one in MISTAKES.items()}
