unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_PROFILE AWS_DEFAULT_REGION
aws configure set region <<audited>> --profile audit
aws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE --profile <<role>>
aws configure set aws_secret_access_key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY --profile <<role>>
aws configure set region eu-north-1 --profile <<role>>
