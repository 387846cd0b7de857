aws sts get-caller-identity --query Arn --output text
aws iam list-users --query 'Users[].UserName' --output text
aws ec2 describe-instances --query 'Reservations[].Instances[].InstanceId' --output text
aws ec2 describe-instances --query 'Reservations[].Instances[].[InstanceId,InstanceType]' --output text
aws ec2 describe-instances --filters Name=instance-state-name,Values=running --query 'Reservations[].Instances[].InstanceId' --output text
aws ec2 describe-instances --filters Name=instance-state-name,Values=stopped --query 'length(Reservations[].Instances[])' --output text
aws ec2 describe-instances --region <<away>> --filters Name=tag:Team,Values=<<team>> --query 'Reservations[].Instances[].PrivateIpAddress' --output text
