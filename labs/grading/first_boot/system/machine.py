"""The state of one instance: files, packages, units, and who listens on port 80."""

from __future__ import annotations

from labs.grading.errors import Position
from labs.grading.first_boot.system.files import Entry, Files
from labs.grading.first_boot.system.identity import Identity
from labs.grading.first_boot.system.packages import GIVEN, NGINX_ROOT, PACKAGES, STOCK, WEB_ROOT

SERVERS = {"httpd": WEB_ROOT, "nginx": NGINX_ROOT}
NGINX_PAGE = "<h1>Welcome to nginx!</h1>\n"
USERS = {"httpd": "apache", "nginx": "nginx"}


class Machine:
    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.files = Files()
        self.installed = set(STOCK)
        self.units = set(GIVEN)
        self.enabled = set(GIVEN)
        self.running = dict.fromkeys(GIVEN)  # in the order in which they were started
        self.bare_server = ""  # a web server that no unit started: its program
        self.bare_root = ""  # and what it shows
        self.users = {"root", "ec2-user"}

    def install(self, name: str) -> None:
        if name in self.installed:
            return
        package = PACKAGES[name]
        for path in package.directories:
            self.files.make_directory(path, parents=True)
        self.installed.add(name)
        self.units.update(package.units)
        if name == "httpd":
            self.users.add("apache")
        if name == "nginx" and not self.files.get(f"{NGINX_ROOT}/index.html"):
            self.users.add("nginx")
            self.files.put(f"{NGINX_ROOT}/index.html", Entry(NGINX_PAGE, 0o644))

    def remove(self, name: str) -> None:
        """Its units stop and are forgotten; what was written stays."""
        self.installed.discard(name)
        for unit in PACKAGES[name].units:
            self.units.discard(unit)
            self.enabled.discard(unit)
            self.running.pop(unit, None)

    def has_command(self, name: str) -> bool:
        """Of those that come with a package."""
        return any(name in PACKAGES[one].commands for one in self.installed if one in PACKAGES)

    @property
    def server(self) -> str:
        """The program that listens on port 80: httpd, nginx or another; empty if none does."""
        found = next((one for one in self.running if one in SERVERS), "")
        return found or self.bare_server

    @property
    def web_root(self) -> str:
        found = next((one for one in self.running if one in SERVERS), "")
        return SERVERS[found] if found else self.bare_root

    @property
    def web_user(self) -> str:
        return USERS.get(self.server, "root")

    def start(self, unit: str) -> bool:
        """Does it run then? Two web servers cannot share port 80."""
        if unit in SERVERS and self.server not in ("", unit):
            return False
        self.running.setdefault(unit)
        return True

    def reboot(self) -> None:
        """Only what is enabled comes back. User data does not run again: *Run commands when you
        launch an EC2 instance with user data input*."""
        self.bare_server = self.bare_root = ""
        self.running = {}
        for unit in sorted(self.enabled):
            self.start(unit)
        self.files.after_reboot()

    def page_at(self, path: str) -> Position | None:
        entry = self.files.get(path)
        return entry.at if entry else None
