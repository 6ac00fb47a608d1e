"""Lists of accounts on DynamoDB: rows of the table of records."""
