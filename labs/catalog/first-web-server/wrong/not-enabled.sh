#!/bin/bash
dnf install -y httpd
systemctl start httpd
echo "<h1><<word>></h1><p>$(hostname -f)</p>" > /var/www/html/index.html
