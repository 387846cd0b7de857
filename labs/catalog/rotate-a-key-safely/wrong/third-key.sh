aws iam create-access-key --user-name <<user>>
./use-key web <<old>>
aws iam get-access-key-last-used --access-key-id <<old>>
aws iam update-access-key --user-name <<user>> --access-key-id <<old>> --status Inactive
aws iam update-access-key --user-name <<user>> --access-key-id <<old>> --status Active
