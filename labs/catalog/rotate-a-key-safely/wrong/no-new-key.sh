./use-key web <<spare>>
./use-key backup <<spare>>
aws iam get-access-key-last-used --access-key-id <<old>>
aws iam update-access-key --user-name <<user>> --access-key-id <<old>> --status Inactive
aws iam delete-access-key --user-name <<user>> --access-key-id <<old>>
