# 1
aws sts get-caller-identity --query Arn --output text
# 2
aws iam list-users --query 'Users[*].[UserName]' --output text
# 3
aws ec2 describe-instances --region <<home>> --query 'Reservations[*].Instances[*].InstanceId' --output text
# 4
aws ec2 describe-instances --query 'Reservations[].Instances[].{Id:InstanceId,Type:InstanceType}' --output text
# 5
aws ec2 describe-instances --filter Name=instance-state-code,Values=16 --query 'Reservations[].Instances[].InstanceId' --output text
# 6
aws ec2 describe-instances --filters '[{"Name": "instance-state-name", "Values": ["stopped"]}]' --query 'length(Reservations[].Instances[])' --output text
# 7
aws ec2 describe-instances --region <<away>> --filters '{"Name": "tag:Team", "Values": ["<<team>>"]}' --query 'Reservations[].Instances[].PrivateIpAddress' --output text
