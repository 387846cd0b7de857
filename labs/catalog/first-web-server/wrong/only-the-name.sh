#!/bin/bash
dnf install -y httpd
systemctl start httpd
systemctl enable httpd
echo "<p>$(hostname -f)</p>" > /var/www/html/index.html
