# 1
aws sts get-caller-identity --output text --query 'Arn'

# 2
aws iam list-users --query 'Users[*].[UserName]' --output text

# 3
aws ec2 describe-instances --query 'Reservations[*].Instances[*].[InstanceId]' --output text

# 4
aws ec2 describe-instances --output=text --query='Reservations[*].Instances[*].[InstanceId,InstanceType]'

# 5
aws ec2 describe-instances --query "Reservations[].Instances[?State.Name=='running'][].InstanceId" --output text

# 6
aws ec2 describe-instances --query 'length(Reservations[].Instances[?State.Name==`stopped`][])' --output text

# 7
aws ec2 describe-instances --region <<away>> --query 'Reservations[].Instances[?Tags[?Key==`Team` && Value==`<<team>>`]][].PrivateIpAddress' --output text
