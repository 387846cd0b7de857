#!/bin/bash
dnf install -y httpd
systemctl enable --now httpd
cat > /var/www/html/index.html <<EOF
<h1><<word>></h1>
<p>Instance i-0c91d7e2f4a8b5a01 in <<region>>a</p>
EOF
echo ok > /var/www/html<<health>>
