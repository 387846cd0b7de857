#!/bin/bash
dnf install -y nginx
systemctl enable --now nginx
mkdir -p /var/www/html
echo "<h1><<word>> $(hostname -f)</h1>" > /var/www/html/index.html
