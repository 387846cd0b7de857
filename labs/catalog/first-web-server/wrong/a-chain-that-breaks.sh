#!/bin/bash
dnf update && dnf install -y httpd && systemctl enable --now httpd
echo "<h1><<word>></h1><p>$(hostname -f)</p>" > /var/www/html/index.html
