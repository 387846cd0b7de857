#!/bin/bash
sudo yum -y install httpd
sudo systemctl enable --now httpd
echo "<h1><<site>></h1><p>Served by $(hostname -f)</p>" | sudo tee /var/www/html/index.html
