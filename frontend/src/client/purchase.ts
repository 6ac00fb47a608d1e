/** The purchase as a state machine, without React: one attempt, one key, one ending. */
import type { Prepaid } from "./client";
import { isAtTheBank, notPaid, termsOf, type AttemptStorage, type PaidTerms, type Pay, type PurchaseState } from "./purchase-state";
import type { ReturnStatus } from "./returned";
import { PrepaidError, type Problem, type Purchase, type StartedPurchase } from "./types";

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

  /** Look for an attempt that was left: go on where it stands, or offer to continue; *returned* is what a bank's page said. */
  async open(returned: ReturnStatus | null = null): Promise<void> {
    if (this.#state.status !== "choosing") return;
    const attempt = this.#recall();
    if (!attempt?.paymentId) return;
    const run = ++this.#run;
    try {
      // The webhook may be slower than the person who comes back: Stripe is asked.
      const purchase = await (returned ? this.client.refreshPurchase(attempt.paymentId) : this.client.purchase(attempt.paymentId));
      if (run !== this.#run) return;
      this.#attempt = attempt;
      if (returned === "succeeded" || returned === "pending") {
        return this.#wait(attempt.packageId, purchase, returned === "pending");
      }
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
      await this.#learn(packageId, purchase, outcome.problem);
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

  /** The form could not tell how a payment ended: it may have been paid all the same, and Stripe knows. */
  async #learn(packageId: string, purchase: StartedPurchase, problem: Problem): Promise<void> {
    const run = this.#run;
    const found = await this.#look(() => this.client.refreshPurchase(purchase.payment_id));
    if (run !== this.#run) return;
    if (found?.credited || found?.status === "succeeded" || found?.status === "processing") {
      return this.#wait(packageId, purchase, found.status === "processing");
    }
    const code = found ? problem.code : "payment_unknown";
    this.#become({ status: "failed", packageId, problem: { ...problem, code } });
  }

  /** What *ask* finds; null while the server cannot say. */
  async #look(ask: () => Promise<Purchase>): Promise<Purchase | null> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof PrepaidError) return null;
      throw error;
    }
  }

  #wait(packageId: string, purchase: PaidTerms, debit: boolean): void {
    const terms = termsOf(purchase);
    const begun = Date.now();
    const run = ++this.#run;
    const { every = 1_000, lateAfter = 60_000 } = this.options;
    let looks = 0;
    let asksStripe = false;
    this.#become({ status: "waiting_for_credit", packageId, purchase: terms, late: false, debit });
    const look = async () => {
      looks += 1;
      const asked = asksStripe || looks % 5 === 0;
      const id = terms.payment_id;
      const found = await this.#look(() => (asked ? this.client.refreshPurchase(id) : this.client.purchase(id)));
      if (run !== this.#run) return;
      if (found?.credited) {
        this.#forget();
        return this.#become({ status: "credited", packageId, purchase: terms, payment: found });
      }
      const isOver = found?.status === "failed" || found?.status === "canceled";
      // What is stored may be an earlier card's decline, and a card that was charged cannot fail afterwards.
      if (isOver && asked && debit) {
        this.#forget();
        return this.#become({ status: "failed", packageId, problem: notPaid(found) });
      }
      // Money that went back, or that somebody must look at first, brings no credits however long one waits.
      if (found && NEVER_CREDITED.has(found.status)) {
        this.#forget();
        return this.#become({ status: "failed", packageId, problem: notPaid(found) });
      }
      asksStripe = isOver && !asked;
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

const NEVER_CREDITED = new Set<Purchase["status"]>(["refunded", "disputed", "under_review"]);

const defaultKey = (): string => `buy-${crypto.randomUUID()}`;
