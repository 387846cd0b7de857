#!/bin/bash
# Updates, then the web server:
# started now, and at every boot
dnf update -y
dnf install -y httpd
systemctl enable --now httpd
# Its page, with its private name
echo "<h1><<word>>: hello from $(hostname -f)</h1>" \
  > /var/www/html/index.html
