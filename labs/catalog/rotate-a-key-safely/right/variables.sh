USER_NAME=<<user>>
OLD=<<old>>
aws iam delete-access-key --user-name $USER_NAME --access-key-id=<<spare>>
KEY=$(aws iam create-access-key --user-name "${USER_NAME}" --output text --query 'AccessKey.AccessKeyId')
./use-key backup $KEY && ./use-key web $KEY
aws iam get-access-key-last-used --access-key-id $OLD && aws iam update-access-key --access-key-id $OLD --user-name $USER_NAME --status Inactive
aws iam delete-access-key --access-key-id $OLD --user-name $USER_NAME
