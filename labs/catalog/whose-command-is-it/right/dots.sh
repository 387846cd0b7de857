unset AWS_PROFILE AWS_SECRET_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_DEFAULT_REGION
aws configure set profile.audit.region <<audited>>
aws configure set profile.<<role>>.role_arn "arn:aws:iam::<<account>>:role/<<role>>"
aws configure set profile.<<role>>.source_profile default
aws configure set profile.<<role>>.region eu-north-1
