# make room: nobody uses this one
aws iam get-access-key-last-used --access-key-id <<spare>>
aws iam delete-access-key --user-name <<user>> --access-key-id <<spare>>

# a new key, and both applications on it
aws iam create-access-key --user-name <<user>>
./use-key web <<new>>
./use-key backup <<new>>

# is the old one still used?
aws iam get-access-key-last-used --access-key-id <<old>>

# first inactive, then gone
aws iam update-access-key --user-name <<user>> --access-key-id <<old>> --status Inactive
aws iam delete-access-key --user-name <<user>> --access-key-id <<old>>
