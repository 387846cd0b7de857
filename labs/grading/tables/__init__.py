"""Tables of Amazon DynamoDB: keys, indexes, and what reads of them answer and cost."""
