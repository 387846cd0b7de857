#!/bin/bash -xe
dnf -y update && dnf -y install httpd
cat <<EOF > /var/www/html/index.html
<h1><<site>></h1>
<p>Served by $(hostname -f)</p>
EOF
systemctl enable httpd.service
systemctl start httpd.service
