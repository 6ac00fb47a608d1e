/** The English texts of the compact balance, which is all that a header loads at first. */
export const core = {
  "balance.title": "Balance",
  "balance.loading": "Loading balance",
  "balance.addIcon": "Add credits",
  "balance.details": "{amount} {level}, credit balance",
  "balance.changed": "{amount} credits available",
  "level.healthy": "Healthy",
  "level.low": "Low",
  "level.empty": "Empty",
  "level.debt": "In debt",
  "level.frozen": "Frozen",
  "level.closed": "Closed",
  "level.unlimited": "Unlimited",
  "level.offline": "Offline",
  "section.failed": "{section} could not be loaded",
} as const;
