#!/bin/bash
yum update -y
yum install -y httpd
systemctl start httpd
systemctl enable httpd
echo "<h1>Hello <<word>> from $(hostname -f)</h1>" > /var/www/html/index.html
