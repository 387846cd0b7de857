#!/bin/bash
dnf install -y httpd
systemctl start httpd
systemctl enable httpd
echo "<h1><<word>></h1><p>$(hostname -f)</p>" > /home/ec2-user/index.html
