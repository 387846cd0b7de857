"""Finding codes of an HTTP API: what each means, and the section of the notes that teaches it."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

ROUTES = "which-route-gets-a-request"
DOORS = "who-may-call-an-api"
EXAMPLE = {"id": "{id}", "proxy": "{proxy+}"}

CHECK_CODES = {
    "routes.not-decided": Code(
        say("Nothing was decided"),
        say("API Gateway would not take these settings, so no request was tried."),
        ROUTES,
    ),
    "routes.as-asked": Code(
        say("Requests end where they should"),
        say("Requests get to the function that is asked for, or are stopped, in whatever words."),
        ROUTES,
    ),
    "routes.none-too-much": Code(
        say("Nobody gets in who must not"),
        say("Of all requests that there can be, none is let through that must be stopped."),
        DOORS,
    ),
    "routes.none-too-little": Code(
        say("Everybody gets where they should"),
        say("Of all requests that there can be, none that must get through is lost or led astray."),
        ROUTES,
    ),
    "routes.closed-functions": Code(
        say("Only this API calls the functions"),
        say("The permissions let in this API, and no other one."),
        DOORS,
    ),
}

MUCH_CODES = {
    "routes.open-write": Code(
        say("Everybody may write"),
        say(
            "A route without authorization is open to everybody who knows its address. Whatever "
            "changes something asks who comes."
        ),
        DOORS,
    ),
    "routes.open-read": Code(
        say("Everybody may read"),
        say("A route without authorization is open to everybody who knows its address."),
        DOORS,
    ),
    "routes.token-of-others": Code(
        say("A token that is not meant for this API"),
        say(
            "A token counts if its issuer and its audience are those of the authorizer. Whoever "
            "lists more of them lets in more."
        ),
        DOORS,
    ),
    "routes.other-door": Code(
        say("Another kind of caller is let in"),
        say(
            "JWT takes tokens, and AWS_IAM takes requests signed with AWS credentials: neither "
            "takes what the other asks for."
        ),
        DOORS,
    ),
    "routes.scope-not-asked": Code(
        say("Any token will do"),
        say(
            "Without AuthorizationScopes a route takes every valid token. Of several, "
            "one is enough."
        ),
        DOORS,
    ),
    "routes.too-wide": Code(
        say("A route that takes more"),
        say(
            "ANY takes every method, a greedy variable everything below it, and $default the rest "
            "of all. What is not asked for is better answered with 404."
        ),
        ROUTES,
    ),
    "routes.any-origin": Code(
        say("Pages of others may call the API"),
        say("AllowOrigins names the pages whose scripts may use the API. A star names all."),
        DOORS,
    ),
    "routes.open-function": Code(
        say("Another API may call the function"),
        say(
            "apigateway.amazonaws.com is the same for every customer of AWS. Only SourceArn tells "
            "your API from theirs."
        ),
        DOORS,
    ),
}

LITTLE_CODES = {
    "routes.no-route": Code(
        say("No route takes the request"),
        say("What no route takes, API Gateway answers with 404 Not Found."),
        ROUTES,
    ),
    "routes.no-method": Code(
        say("The path has a route, the method has none"),
        say("A route is a method and a path together. ANY stands for all methods without one."),
        ROUTES,
    ),
    "routes.not-greedy": Code(
        say("A variable for one part only"),
        say(
            "A variable such as {id} stands for one part between two slashes. {proxy} stands for "
            "all that follows.",
            **EXAMPLE,
        ),
        ROUTES,
    ),
    "routes.bare-path": Code(
        say("The path without what follows it"),
        say("A greedy variable catches what lies below a path, not the path itself: name both."),
        ROUTES,
    ),
    "routes.stage": Code(
        say("No stage takes the request"),
        say(
            "A path begins with the name of its stage. Only the stage $default takes paths without "
            "one."
        ),
        ROUTES,
    ),
    "routes.other-target": Code(
        say("Another route is more specific"),
        say(
            "A full match of method and path comes first, then a greedy variable, then $default. "
            "In which order you write does not matter."
        ),
        ROUTES,
    ),
    "routes.ambiguous": Code(
        say("Two routes fit alike"),
        say(
            "The guide does not say which of two routes gets a request if neither is more "
            "specific. Write one that is."
        ),
        ROUTES,
    ),
    "routes.variable-name": Code(
        say("The variable has another name"),
        say("A function finds a variable of the path by its name, just as the route writes it."),
        ROUTES,
    ),
    "routes.refused": Code(
        say("Somebody is refused who may come"),
        say(
            "401: no valid token of this issuer and audience. 403: the token has none of the "
            "route's scopes, or the request is not signed."
        ),
        DOORS,
    ),
    "routes.no-permission": Code(
        say("The function does not let the API in"),
        say(
            "A function is called by whom its resource policy allows. The route alone gives no "
            "permission: callers read 500."
        ),
        DOORS,
    ),
    "routes.preflight": Code(
        say("The browser stops before the request"),
        say(
            "Before such a request the browser asks with OPTIONS, without a token, whether page, "
            "method and headers are allowed."
        ),
        DOORS,
    ),
}

MISTAKE_CODES = {
    "routes.never-reached": Code(
        say("A route that gets no request"),
        say("More specific routes take everything that this one could take."),
        ROUTES,
    ),
    "routes.other-name": Code(
        say("Two names for one thing"),
        say(
            "Routes whose paths differ in the name of a variable alone are easily mixed up, and "
            "OpenAPI does not allow them."
        ),
        ROUTES,
    ),
    "routes.not-asked": Code(
        say("An authorizer that nobody asks"),
        say("AuthorizationType decides. Without it a route is open, whatever else it names."),
        DOORS,
    ),
    "routes.form": Code(
        say("Not a setting of the API"),
        say("Keys are AWS's names, with their capitals."),
        ROUTES,
    ),
    "routes.key-form": Code(
        say("Not a route's key"),
        say("A key is a method, a blank and a path, or $default."),
        ROUTES,
    ),
    "routes.key-twice": Code(
        say("One key, two routes"),
        say("Of each method and path an API has one route at most."),
        ROUTES,
    ),
    "routes.unknown-name": Code(
        say("A name that is not there"),
        say("A route names a function, and an authorizer that stands below Authorizers."),
        ROUTES,
    ),
    "routes.out-of-range": Code(
        say("A number that is too large or too small"),
        say("AWS has limits for numbers, and refuses what lies beyond."),
        ROUTES,
    ),
    "routes.origin-form": Code(
        say("Not an origin"),
        say("An origin is protocol, host and perhaps a port: https://www.example.com."),
        DOORS,
    ),
    "routes.permission-form": Code(
        say("Not a permission"),
        say("A permission names a function, a principal and an action."),
        DOORS,
    ),
}

CODES = CHECK_CODES | MUCH_CODES | LITTLE_CODES | MISTAKE_CODES
