#!/bin/bash
dnf install -y httpd
systemctl enable now httpd
echo "<h1><<word>> $(hostname -f)</h1>" > /var/www/html/index.html
