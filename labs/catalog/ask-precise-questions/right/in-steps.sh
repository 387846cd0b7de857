# 1
aws configure set output text
aws sts get-caller-identity --query Arn --output text

# 2
NAMES=$(aws iam list-users --query 'Users[].UserName' --output text)
echo $NAMES

# 3
aws ec2 describe-instances --query 'Reservations[].Instances[].InstanceId' --output text

# 4
aws ec2 describe-instances --query 'Reservations[].Instances[].[InstanceId,InstanceType]' --output text

# 5
aws ec2 describe-instances --filters Name=instance-state-name,Values=runn* --query 'Reservations[].Instances[].InstanceId'

# 6
aws ec2 describe-instances --filters Name=instance-state-name,Values=stopped --query 'Reservations[].Instances[].InstanceId | length(@)'

# 7
export AWS_REGION=<<away>>
aws ec2 describe-instances --query 'Reservations[].Instances[].{ip: PrivateIpAddress, team: Tags[?Key==`Team`].Value | [0]} | [?team==`<<team>>`].ip'
