# 1
aws sts get-caller-identity --query Arn --output text

# 2
aws iam list-users --query 'Users[].UserName' --output text

# 3
aws ec2 describe-instances --query 'Reservations[].Instances[].InstanceId' --output text

# 4


# 5


# 6


# 7

