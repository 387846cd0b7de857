#!/bin/bash
sudo dnf install httpd -y && cd /var/www/html && sudo touch index.html
name=`hostname`
echo "<h1><<word>></h1>" > index.html
echo "<p>This is ${name}</p>" >> index.html
sudo chmod 644 index.html
sudo systemctl enable --now httpd.service
