cat > ~/.aws/credentials <<'EOF'
[default]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

[<<profile>>]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY
EOF
cat > ~/.aws/config <<'EOF'
[default]
region = <<home>>
output = json

[profile <<profile>>]
region = <<away>>
output = text
EOF
