#!/bin/bash -x
dnf install -y nginx && systemctl enable --now nginx
cat <<PAGE > /usr/share/nginx/html/index.html
<h1><<word>></h1>
<pre>$(ec2-metadata -i)
$(ec2-metadata -z)</pre>
PAGE
echo fine | tee /usr/share/nginx/html<<health>>
