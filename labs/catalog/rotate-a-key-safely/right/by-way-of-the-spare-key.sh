# both work with the spare key for a moment, so that there is room for a new one
./use-key web <<spare>>
./use-key backup <<spare>>
aws iam get-access-key-last-used --access-key-id <<old>>
aws iam update-access-key --user-name <<user>> --access-key-id <<old>> --status Inactive
aws iam delete-access-key --user-name <<user>> --access-key-id <<old>>

aws iam create-access-key --user-name <<user>>
./use-key web <<new>>
./use-key backup <<new>>
aws iam update-access-key --user-name <<user>> --access-key-id <<spare>> --status Inactive
aws iam delete-access-key --user-name <<user>> --access-key-id <<spare>>
