#!/bin/bash
apt-get update
apt-get install -y apache2
systemctl start apache2
systemctl enable apache2
echo "<h1><<word>></h1><p>$(hostname -f)</p>" > /var/www/html/index.html
