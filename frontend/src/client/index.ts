/** `@prepaid/react/client`: everything that needs no React. */
export * from "./amounts";
export { createPrepaid, type Prepaid, type TransactionFilter, type UsageQuery } from "./client";
export type { ClientOptions, TokenRequest } from "./http";
export { problemOf } from "./http";
export { createMockPrepaid, type MockData } from "./mock";
export {
  isAtTheBank,
  PurchaseFlow,
  type AttemptStorage,
  type PaidTerms,
  type Pay,
  type PaymentOutcome,
  type PurchaseFlowOptions,
  type PurchaseState,
} from "./purchase";
export * from "./types";
export { watchBalance, type BalanceWatch, type WatchOptions } from "./watch";
