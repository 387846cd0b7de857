# 1
aws sts get-caller-identity

# 2

# 3

# 4

# 5

# 6

# 7

