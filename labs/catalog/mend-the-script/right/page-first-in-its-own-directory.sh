#!/usr/bin/env bash
set -euo pipefail
mkdir -p /var/www/html
name=$(hostname)
printf '<h1>%s</h1><p>Served by %s</p>\n' "<<site>>" "$name" > /var/www/html/index.html
yum install httpd --assumeyes
service httpd start
systemctl enable httpd
