#!/bin/bash
set -e
dnf install -y nginx
cat > /usr/share/nginx/html/index.html <<EOF
<h1><<word>></h1>
<p>Served by $HOSTNAME</p>
EOF
systemctl enable nginx
systemctl restart nginx
