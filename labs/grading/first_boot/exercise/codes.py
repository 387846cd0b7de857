"""What each finding code means."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

RUNS = "how-user-data-runs"
SERVER = "a-web-server-by-script"
ASKED = "what-an-instance-knows-of-itself"

START_CODES = {
    "userdata.too-large": Code(
        say("More than 16 KB"),
        say("User data can have 16 KB. Keep a larger script elsewhere and fetch it at the start."),
        RUNS,
    ),
    "userdata.not-launched": Code(
        say("No instance was launched"),
        say("The launch would be refused; mend that first."),
        RUNS,
    ),
    "userdata.no-shebang": Code(
        say("No #! at the beginning"),
        say("What does not begin with #! is no script to cloud-init: nothing of it runs."),
        RUNS,
    ),
    "userdata.shebang-late": Code(
        say("Something stands before #!"),
        say(
            "#! must be the first two characters of all. With a blank line or a comment before it "
            "nothing runs."
        ),
        RUNS,
    ),
    "userdata.no-interpreter": Code(
        say("The shell behind #! is not there"),
        say("Behind #! stands the whole path of a program, such as /bin/bash."),
        RUNS,
    ),
}
STOP_CODES = {
    "userdata.stopped": Code(
        say("set -e ended the script"),
        say("With set -e, or -e behind #!, the first command that fails is the last one."),
        RUNS,
    ),
    "userdata.skipped": Code(
        say("The command before && failed"),
        say("What stands behind && runs only if what stands before it worked."),
        RUNS,
    ),
    "userdata.exit": Code(
        say("The script leaves early"),
        say("exit ends the script; what stands below it never runs."),
        RUNS,
    ),
    "userdata.unbound": Code(
        say("set -u, and a variable without a value"),
        say("With set -u the script ends at a variable that nobody has set."),
        RUNS,
    ),
    "userdata.never-ends": Code(
        say("A command that never ends"),
        say(
            "A server in the foreground does not come back, so nothing below it runs and "
            "cloud-init never finishes. systemctl starts it in the background."
        ),
        RUNS,
    ),
    "userdata.too-much": Code(
        say("More than this machine does"),
        say("The model ends after some hundred commands and a hundred thousand characters."),
        RUNS,
    ),
    "userdata.not-modelled": Code(
        say("Something that the model does not know"),
        say("The machine stopped there, for it cannot say what would become of it."),
        RUNS,
    ),
}
PACKAGE_CODES = {
    "userdata.asks": Code(
        say("Nobody answers the question"),
        say("Without -y dnf asks “Is this ok?”. At boot nobody types, so it gives up."),
        SERVER,
    ),
    "userdata.elsewhere": Code(
        say("A command of another system"),
        say("Amazon Linux 2023 has dnf, also called yum. apt belongs to Debian and Ubuntu."),
        SERVER,
    ),
    "userdata.no-package": Code(
        say("No package of that name"),
        say("On Amazon Linux the Apache web server is called httpd; apache2 is Debian's name."),
        SERVER,
    ),
    "userdata.no-command": Code(
        say("No such command"),
        say("It is mistyped, or it comes with a package that is not installed."),
        SERVER,
    ),
    "userdata.wants-somebody": Code(
        say("A command that wants a keyboard"),
        say("At boot nobody types. Write files with echo, or with a heredoc."),
        RUNS,
    ),
    "userdata.no-user": Code(
        say("No user of that name"),
        say("apache comes with the package httpd; ec2-user and root are there from the beginning."),
        SERVER,
    ),
    "userdata.sudo": Code(
        say("sudo is not needed"),
        say("User data runs as root. sudo does no harm."),
        RUNS,
    ),
}
UNIT_CODES = {
    "userdata.no-server": Code(
        say("No web server is installed"),
        say("A new instance has none. The package httpd brings Apache."),
        SERVER,
    ),
    "userdata.not-installed": Code(
        say("A package is missing"),
        say("What a machine needs besides the stock of Amazon Linux the script has to install."),
        SERVER,
    ),
    "userdata.no-unit": Code(
        say("No unit of that name"),
        say("A unit is called as its package calls it, and it is there once that is installed."),
        SERVER,
    ),
    "userdata.not-started": Code(
        say("Installed, but not started"),
        say("Installing starts nothing, and enable is for the boots after this one."),
        SERVER,
    ),
    "userdata.not-enabled": Code(
        say("Gone after the reboot"),
        say(
            "start is for now. After a reboot only units come back that are enabled, and user data "
            "does not run again."
        ),
        SERVER,
    ),
    "userdata.port-taken": Code(
        say("Two web servers, one port"),
        say("Port 80 belongs to who came first; the second does not start."),
        SERVER,
    ),
}
PAGE_CODES = {
    "userdata.no-page": Code(
        say("No page"),
        say("The server is there, and has nothing of yours to show."),
        SERVER,
    ),
    "userdata.no-directory": Code(
        say("The directory is not there yet"),
        say(
            "> makes a file, and no directory. /var/www/html comes with httpd: install first, "
            "then write."
        ),
        SERVER,
    ),
    "userdata.no-file": Code(
        say("The file is not there"),
        say("A command was told to take something that does not exist."),
        SERVER,
    ),
    "userdata.wrong-root": Code(
        say("The page is where nobody looks"),
        say("httpd shows what is in /var/www/html, and nothing else."),
        SERVER,
    ),
    "userdata.relative-path": Code(
        say("A path that begins nowhere"),
        say("cloud-init runs the script in /, so a file without a path lands there."),
        RUNS,
    ),
    "userdata.redirected": Code(
        say("A directory instead of a page"),
        say("Asked for a directory without its slash the server answers 301, and not 200."),
        SERVER,
    ),
    "userdata.unreadable": Code(
        say("The server may not read the page"),
        say("httpd runs as the user apache, who needs r on the file and x on its directories."),
        SERVER,
    ),
    "userdata.literal": Code(
        say("The command stands in the page, not its result"),
        say(
            "In single quotes, and in a heredoc whose word is quoted, $(…) and $NAME are plain "
            "text."
        ),
        SERVER,
    ),
    "userdata.hard-coded": Code(
        say("Every machine calls itself the same"),
        say("The name of one machine is written into the script; each has to ask for its own."),
        SERVER,
    ),
    "userdata.no-token": Code(
        say("Metadata without a token"),
        say(
            "Amazon Linux 2023 asks for version 2: first a token by PUT, then the question with "
            "it. Without one the answer is a page that says 401."
        ),
        ASKED,
    ),
    "userdata.no-metadata": Code(
        say("Nothing under that address"),
        say("The metadata service answered, but not with what was asked for."),
        ASKED,
    ),
    "userdata.page-lacks": Code(
        say("The page lacks something"),
        say("The page is there, but not all that it has to say."),
        SERVER,
    ),
}
PASSED_CODES = {
    "userdata.answers": Code(
        say("The page is there"), say("Every machine answers with 200."), SERVER
    ),
    "userdata.says": Code(say("It says what it should"), say("On every machine its own."), SERVER),
    "userdata.comes-back": Code(
        say("Still there after the reboot"), say("The unit is enabled."), SERVER
    ),
    "userdata.listens": Code(say("A web server runs"), say("It listens on port 80."), SERVER),
    "userdata.installed": Code(say("Installed"), say("On every machine."), SERVER),
    "userdata.ends": Code(say("The script comes to its end"), say("cloud-init finishes."), RUNS),
}
CODES: dict[str, Code] = {
    **START_CODES,
    **STOP_CODES,
    **PACKAGE_CODES,
    **UNIT_CODES,
    **PAGE_CODES,
    **PASSED_CODES,
}
