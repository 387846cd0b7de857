# naming the default profile is the same as naming none
export AWS_PROFILE=default
aws configure set region <<audited>> --profile audit
aws configure set role_arn arn:aws:iam::<<account>>:role/<<role>> --profile <<role>>
aws configure set source_profile default --profile <<role>>
aws configure set region eu-north-1 --profile <<role>>
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY; unset AWS_DEFAULT_REGION
