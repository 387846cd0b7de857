# 1
echo arn:aws:iam::111122223333:user/lea

# 2
echo ben deploybot lea

# 3
aws ec2 describe-instances --query 'Reservations[].Instances[].InstanceId' --output text

# 4
aws ec2 describe-instances --query 'Reservations[].Instances[].[InstanceId,InstanceType]' --output text

# 5
aws ec2 describe-instances --filters Name=instance-state-name,Values=running --query 'Reservations[].Instances[].InstanceId' --output text

# 6
echo 2

# 7
aws ec2 describe-instances --region <<away>> --filters Name=tag:Team,Values=<<team>> --query 'Reservations[].Instances[].PrivateIpAddress' --output text
