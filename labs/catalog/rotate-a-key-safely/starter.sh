aws iam list-access-keys --user-name <<user>>

