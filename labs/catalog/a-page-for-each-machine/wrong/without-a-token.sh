#!/bin/bash
dnf install -y httpd
systemctl enable --now httpd
ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)
ZONE=$(curl -s http://169.254.169.254/latest/meta-data/placement/availability-zone)
cat > /var/www/html/index.html <<EOF
<h1><<word>></h1>
<p>Instance $ID in $ZONE</p>
EOF
echo ok > /var/www/html<<health>>
