unset AWS_PROFILE AWS_DEFAULT_REGION
export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
export AWS_SESSION_TOKEN=IQoJb3JpZ2luX2IQoJb3JpZ2luX2
aws configure set region <<audited>> --profile audit
aws configure set role_arn arn:aws:iam::<<account>>:role/<<role>> --profile <<role>>
aws configure set source_profile default --profile <<role>>
aws configure set region eu-north-1 --profile <<role>>
