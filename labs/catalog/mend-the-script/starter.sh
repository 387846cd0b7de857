# Web server of the <<site>>
#!/bin/bash
echo '<h1><<site>></h1><p>Served by $(hostname -f)</p>' > /var/www/html/index.html
sudo yum update
sudo yum install apache2
sudo systemctl start apache2
