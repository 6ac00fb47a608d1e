/** What a purchase can be in the middle of, and what a way to pay answers. */
import type { Problem, Purchase, StartedPurchase } from "./types";

export type PurchaseState =
  | { status: "choosing"; resumable?: Purchase }
  | { status: "creating"; packageId: string }
  | { status: "ready"; packageId: string; purchase: StartedPurchase }
  | { status: "confirming" | "action_required" | "processing"; packageId: string; purchase: StartedPurchase }
  | { status: "declined"; packageId: string; purchase: StartedPurchase; reason: string }
  | { status: "waiting_for_credit"; packageId: string; purchase: PaidTerms; late: boolean; debit: boolean }
  | { status: "credited"; packageId: string; purchase: PaidTerms; payment?: Purchase }
  | { status: "failed"; packageId: string; problem: Problem }
  | { status: "canceled"; packageId: string };

export type PaidTerms = Pick<StartedPurchase, "payment_id" | "amount" | "currency" | "credits" | "bonus">;

/** What a way to pay (Stripe's element, or the offline form) says that became of one attempt. */
export type PaymentOutcome =
  | { status: "succeeded" | "processing" | "canceled" }
  | { status: "declined"; reason: string }
  | { status: "failed"; problem: Problem };

export type Pay = (purchase: StartedPurchase, onAction: (waiting: boolean) => void) => Promise<PaymentOutcome>;

/** Where an attempt is remembered, so that it can go on after a reload; never a secret. */
export interface AttemptStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/** While the bank is at work the dialog stays open and nothing on the page is inert. */
export const isAtTheBank = (state: PurchaseState): boolean =>
  state.status === "confirming" || state.status === "action_required" || state.status === "processing";

export const termsOf = ({ payment_id, amount, currency, credits, bonus }: PaidTerms): PaidTerms => ({
  payment_id,
  amount,
  currency,
  credits,
  bonus,
});

export const notPaid = (purchase: Purchase): Problem => ({
  code: `payment_${purchase.status}`,
  status: 200,
  title: "",
  detail: purchase.failure_reason ?? "",
});
