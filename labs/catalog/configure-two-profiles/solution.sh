# you
aws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE
aws configure set aws_secret_access_key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws configure set region <<home>>
aws configure set output json

# the training
aws configure set aws_access_key_id AKIAI44QH8DHBEXAMPLE --profile <<profile>>
aws configure set aws_secret_access_key je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY --profile <<profile>>
aws configure set region <<away>> --profile <<profile>>
aws configure set output text --profile <<profile>>
