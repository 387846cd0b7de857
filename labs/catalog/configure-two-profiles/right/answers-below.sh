aws configure <<EOF
AKIAIOSFODNN7EXAMPLE
wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
<<home>>
json
EOF
aws configure --profile <<profile>> <<EOF
AKIAI44QH8DHBEXAMPLE
je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY
<<away>>
text
EOF
