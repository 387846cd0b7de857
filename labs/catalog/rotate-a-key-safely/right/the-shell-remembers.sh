aws iam update-access-key --user-name <<user>> --access-key-id <<spare>> --status Inactive
aws iam delete-access-key --user-name <<user>> --access-key-id <<spare>>
NEW=$(aws iam create-access-key --user-name <<user>> --query AccessKey.AccessKeyId --output text)
./use-key web "$NEW"
./use-key backup $NEW
aws iam get-access-key-last-used --access-key-id <<old>> --query AccessKeyLastUsed.LastUsedDate --output text
aws iam update-access-key --user-name <<user>> --access-key-id <<old>> --status Inactive
aws iam delete-access-key --user-name <<user>> --access-key-id <<old>>
aws iam list-access-keys --user-name <<user>>
