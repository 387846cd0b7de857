#!/bin/bash
# Web server of the <<site>>
dnf update -y
dnf install -y apache2
systemctl start apache2
systemctl enable apache2
echo "<h1><<site>></h1><p>Served by $(hostname -f)</p>" > /var/www/html/index.html
