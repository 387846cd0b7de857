aws configure
aws configure --profile <<profile>>
aws configure set region <<away>> --profile <<profile>>
aws configure set output text --profile <<profile>>
