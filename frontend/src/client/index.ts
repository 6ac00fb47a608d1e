/** `@prepaid/react/client`: everything that needs no React. */
export * from "./amounts";
export { createPrepaid, type Prepaid, type TransactionFilter, type UsageQuery } from "./client";
export type { ClientOptions, TokenRequest } from "./http";
export { problemOf } from "./http";
export { createMockPrepaid, type MockData } from "./mock";
export { PurchaseFlow, type PurchaseFlowOptions } from "./purchase";
export { isAtTheBank, type AttemptStorage, type PaidTerms, type Pay, type PaymentOutcome, type PurchaseState } from "./purchase-state";
export { claimReturn, type ReturnStatus } from "./returned";
export * from "./types";
export { watchBalance, type BalanceWatch, type WatchOptions } from "./watch";
