"""The catalogue on DynamoDB: packages, versions of prices, and drafts of them."""
