unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_PROFILE AWS_DEFAULT_REGION
aws configure set region <<audited>> --profile audit
aws configure set role_arn arn:aws:iam::<<account>>:role/<<role>> --profile <<role>>
aws configure set region eu-north-1 --profile <<role>>
