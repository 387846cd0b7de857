#!/bin/bash
set -euo pipefail
dnf -y install httpd
M=http://169.254.169.254/latest
T=$(curl -fsS -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" $M/api/token)
H="X-aws-ec2-metadata-token: $T"
cd /var/www/html
{
  echo "<title><<word>></title>"
  for item in instance-id placement/availability-zone; do
    echo "<p>$item: $(curl -fsS -H "$H" $M/meta-data/$item)</p>"
  done
} > index.html
printf 'ok\n' > .<<health>>
systemctl enable --now httpd
