#!/bin/bash
# Web server of the <<site>>
dnf update -y
dnf install httpd
systemctl start httpd
systemctl enable httpd
echo "<h1><<site>></h1><p>Served by $(hostname -f)</p>" > /var/www/html/index.html
