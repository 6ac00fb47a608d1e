/** The purchase as a state machine, without React: one attempt, one key, one ending. */
import type { Prepaid } from "./client";
import { PrepaidError, type Problem, type Purchase, type StartedPurchase } from "./types";

export type PurchaseState =
  | { status: "choosing"; resumable?: Purchase }
  | { status: "creating"; packageId: string }
  | { status: "ready"; packageId: string; purchase: StartedPurchase }
  | { status: "confirming" | "action_required" | "processing"; packageId: string; purchase: StartedPurchase }
  | { status: "declined"; packageId: string; purchase: StartedPurchase; reason: string }
  | { status: "waiting_for_credit"; packageId: string; purchase: PaidTerms; late: boolean; debit: boolean }
  | { status: "credited"; packageId: string; purchase: PaidTerms }
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

interface Attempt {
  packageId: string;
  key: string;
  paymentId?: string;
}

export interface PurchaseFlowOptions {
  storage?: AttemptStorage | undefined;
  newKey?: () => string;
  /** Milliseconds between two looks at a paid purchase, and until it is called late. */
  every?: number;
  lateAfter?: number;
}

const STORED = "prepaid.purchase";
/** While the bank is at work the dialog stays open and nothing on the page is inert. */
export const isAtTheBank = (state: PurchaseState): boolean =>
  state.status === "confirming" || state.status === "action_required" || state.status === "processing";

export class PurchaseFlow {
  #state: PurchaseState = { status: "choosing" };
  #attempt: Attempt | null = null;
  #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;

  constructor(
    private readonly client: Pick<Prepaid, "startPurchase" | "purchase" | "refreshPurchase">,
    private readonly options: PurchaseFlowOptions = {},
  ) {}

  getState = (): PurchaseState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Look for an attempt that was left: go on where it stands, or offer to continue. */
  async open(): Promise<void> {
    if (this.#state.status !== "choosing") return;
    const attempt = this.#recall();
    if (!attempt?.paymentId) return;
    const run = ++this.#run;
    try {
      const purchase = await this.client.purchase(attempt.paymentId);
      if (run !== this.#run) return;
      this.#attempt = attempt;
      if (purchase.credited || purchase.status === "canceled") return this.#forget();
      if (purchase.status === "processing" || purchase.status === "succeeded") {
        return this.#wait(attempt.packageId, purchase, purchase.status === "processing");
      }
      this.#become({ status: "choosing", resumable: purchase });
    } catch (error) {
      if (!(error instanceof PrepaidError)) throw error;
      if (error.problem.status === 404) this.#forget();
    }
  }

  /** Create the payment of *packageId*; a second call while one runs does nothing. */
  async start(packageId: string): Promise<void> {
    if (this.#state.status === "creating" || isAtTheBank(this.#state)) return;
    const run = ++this.#run;
    const known = this.#attempt?.packageId === packageId ? this.#attempt : null;
    const attempt = known ?? { packageId, key: (this.options.newKey ?? defaultKey)() };
    this.#remember(attempt);
    this.#become({ status: "creating", packageId });
    try {
      const purchase = await this.client.startPurchase(packageId, attempt.key);
      if (run !== this.#run) return;
      this.#remember({ ...attempt, paymentId: purchase.payment_id });
      this.#become({ status: "ready", packageId, purchase });
    } catch (error) {
      if (!(error instanceof PrepaidError)) throw error;
      if (run !== this.#run) return;
      if (error.problem.status >= 400 && error.problem.status < 500) this.#forget();
      this.#become({ status: "failed", packageId, problem: error.problem });
    }
  }

  /** Pay what is ready or was declined; a second call while one runs does nothing. */
  async confirm(pay: Pay): Promise<void> {
    const state = this.#state;
    if (state.status !== "ready" && state.status !== "declined") return;
    const { packageId, purchase } = state;
    const run = ++this.#run;
    const at = (status: "confirming" | "action_required") => {
      if (run === this.#run) this.#become({ status, packageId, purchase });
    };
    at("confirming");
    const outcome = await pay(purchase, (waiting) => at(waiting ? "action_required" : "confirming"));
    if (run !== this.#run) return;
    if (outcome.status === "declined") {
      this.#become({ status: "declined", packageId, purchase, reason: outcome.reason });
    } else if (outcome.status === "failed") {
      this.#become({ status: "failed", packageId, problem: outcome.problem });
    } else if (outcome.status === "canceled") {
      this.#become({ status: "canceled", packageId });
    } else {
      this.#wait(packageId, purchase, outcome.status === "processing");
    }
  }

  /** Back to the packages; an attempt that is not paid is kept for continuing. */
  back(): void {
    if (isAtTheBank(this.#state)) return;
    this.#stopWaiting();
    this.#become({ status: "choosing" });
  }

  /** Forget the attempt: the next purchase is another one. */
  startAgain(): void {
    this.#forget();
    this.back();
  }

  dispose(): void {
    this.#stopWaiting();
    this.#listeners.clear();
  }

  #wait(packageId: string, purchase: PaidTerms, debit: boolean): void {
    const terms = termsOf(purchase);
    const begun = Date.now();
    const run = ++this.#run;
    const { every = 1_000, lateAfter = 60_000 } = this.options;
    let looks = 0;
    this.#become({ status: "waiting_for_credit", packageId, purchase: terms, late: false, debit });
    const look = async () => {
      looks += 1;
      const asked = looks % 5 === 0 ? this.client.refreshPurchase(terms.payment_id) : this.client.purchase(terms.payment_id);
      const found = await asked.catch((error: unknown) => {
        if (error instanceof PrepaidError) return null;
        throw error;
      });
      if (run !== this.#run) return;
      if (found?.credited) {
        this.#forget();
        return this.#become({ status: "credited", packageId, purchase: terms });
      }
      if (found?.status === "failed" || found?.status === "canceled") {
        this.#forget();
        return this.#become({ status: "failed", packageId, problem: notPaid(found) });
      }
      const late = Date.now() - begun >= lateAfter;
      if (late) this.#become({ status: "waiting_for_credit", packageId, purchase: terms, late, debit });
      this.#timer = setTimeout(() => void look(), late || debit ? every * 10 : every);
    };
    void look();
  }

  #stopWaiting(): void {
    this.#run += 1;
    clearTimeout(this.#timer);
  }

  #become(state: PurchaseState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  #remember(attempt: Attempt): void {
    this.#attempt = attempt;
    this.options.storage?.setItem(STORED, JSON.stringify(attempt));
  }

  #recall(): Attempt | null {
    try {
      return this.#attempt ?? (JSON.parse(this.options.storage?.getItem(STORED) ?? "null") as Attempt | null);
    } catch {
      return null;
    }
  }

  #forget(): void {
    this.#attempt = null;
    this.options.storage?.removeItem(STORED);
  }
}

const defaultKey = (): string => `buy-${crypto.randomUUID()}`;

const termsOf = ({ payment_id, amount, currency, credits, bonus }: PaidTerms): PaidTerms => ({
  payment_id,
  amount,
  currency,
  credits,
  bonus,
});

const notPaid = (purchase: Purchase): Problem => ({
  code: `payment_${purchase.status}`,
  status: 200,
  title: "",
  detail: purchase.failure_reason ?? "",
});
