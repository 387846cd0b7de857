#!/bin/bash
# Web server of the <<site>>
dnf update -y
dnf install -y httpd
systemctl start httpd
systemctl enable httpd
echo "<h1><<site>></h1><p>Served by ip-10-0-1-17.<<region>>.compute.internal</p>" > /var/www/html/index.html
