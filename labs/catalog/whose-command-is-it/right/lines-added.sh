unset AWS_ACCESS_KEY_ID
unset AWS_SECRET_ACCESS_KEY
unset AWS_DEFAULT_REGION
unset AWS_PROFILE
cat >> ~/.aws/config <<EOF
[profile audit]
region = <<audited>>

[profile <<role>>]
role_arn = arn:aws:iam::<<account>>:role/<<role>>
source_profile = default
region = eu-north-1
EOF
aws sts get-caller-identity --profile <<role>>
