#!/bin/sh
dnf install --assumeyes httpd
cat <<END > /var/www/html/index.html
<h1><<site>></h1>
  `hostname -f`
END
systemctl enable --now httpd.service
