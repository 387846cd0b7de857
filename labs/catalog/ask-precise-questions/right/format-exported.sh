export AWS_DEFAULT_OUTPUT=text
# 1
aws sts get-caller-identity --query Arn

# 2
aws iam list-users --query 'Users[].UserName'

# 3
aws ec2 describe-instances --query 'Reservations[].Instances[].InstanceId'

# 4
aws ec2 describe-instances \
  --query 'Reservations[].Instances[].[InstanceId, InstanceType]'

# 5
aws ec2 describe-instances --filters 'Name=instance-state-name,Values=running' --query 'Reservations[].Instances[].InstanceId'

# 6
aws ec2 describe-instances --query "length(Reservations[].Instances[] | [?State.Name=='stopped'])"

# 7
AWS_REGION=<<away>> aws ec2 describe-instances --filters Name=tag:Team,Values=<<team>> --query 'Reservations[].Instances[].PrivateIpAddress'
