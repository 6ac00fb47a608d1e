"""One hot account in virtual time: the real ledger and store, over a DynamoDB that is modelled.

What is modelled is what makes writers of one account get in each other's way: an item is held
while a transaction that writes it is in flight, a second transaction on it is rejected and not
queued, and a partition takes 1,000 write units a second. Time passes only where somebody waits, so
a result is the same on every machine.
"""
