# what counts at the moment, and where does it come from?
aws configure list
aws sts get-caller-identity

