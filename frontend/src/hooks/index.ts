/** Hooks: the network is theirs, so that a view is a pure function of a state. */
import { useCallback, useState } from "react";
import { compare, type Balance, type Entry, type GrantRecord, type Level, type Problem, type Settings, type TransactionFilter, type UsageAnalytics, type UsageQuery } from "../client";
import { usePrepaid } from "../context";
import { usePages, type Paged } from "./paged";
import { problemOfError, useReading, type Result } from "./result";

export type { Result, Status } from "./result";
export type { Paged } from "./paged";
export { useAlerts, type Acknowledged, type Alerts } from "./alerts";
export { usePurchase, type PurchaseControls } from "./purchase";

const POLL_MS = 10_000;

/** The balance, asked again every ten seconds while the page is seen. */
export function useBalance(): Result<Balance> {
  const { client } = usePrepaid();
  return useReading({
    key: ["balance"],
    read: async (signal) => {
      const { balance } = await client.balance({ signal });
      if (!balance) throw new Error("a balance without a tag cannot be unchanged");
      return balance;
    },
    asOf: (balance) => balance.as_of,
    every: POLL_MS,
  });
}

/** How the account stands; servers that do not say leave `low` out. */
export function levelOf(balance: Balance): Level | "closed" {
  if (balance.status === "closed") return "closed";
  if (balance.level) return balance.level;
  if (balance.status === "frozen") return "frozen";
  if (balance.unlimited) return "unlimited";
  if (compare(balance.balance, "0.00") < 0) return "debt";
  return compare(balance.available, "0.00") <= 0 ? "empty" : "healthy";
}

export function usePackages(enabled = true) {
  const { client } = usePrepaid();
  return useReading({ key: ["packages"], read: () => client.packages(), isEmpty: (items) => !items.length, enabled });
}

export function usePrices() {
  const { client } = usePrepaid();
  return useReading({ key: ["pricing"], read: () => client.pricing() });
}

/** Every grant; where the server lists none but the available, those of the balance. */
export function useGrants(): Result<GrantRecord[]> {
  const { client } = usePrepaid();
  return useReading({
    key: ["grants"],
    read: async () => {
      try {
        return (await client.grants({ limit: 50 })).items;
      } catch (error) {
        if (!(error instanceof Error) || problemOfError(error).code !== "not_available") throw error;
        const { balance } = await client.balance();
        return (balance?.grants ?? []).map((grant) => ({ ...grant, state: "available" as const }));
      }
    },
    isEmpty: (items) => !items.length,
    every: POLL_MS * 3,
  });
}

export function usePurchases() {
  const { client } = usePrepaid();
  return useReading({
    key: ["purchases"],
    read: async () => (await client.purchases({ limit: 20 })).items.filter((each) => each.status !== "created"),
    isEmpty: (items) => !items.length,
  });
}

/** One payment; null asks for none. */
export function usePayment(paymentId: string | null) {
  const { client } = usePrepaid();
  return useReading({ key: ["purchase", paymentId], read: () => client.purchase(paymentId ?? ""), enabled: paymentId !== null });
}

/** What the account has chosen: its thresholds and its time zone among them. */
export function useSettings(): Result<Settings> {
  const { client } = usePrepaid();
  return useReading({ key: ["settings"], read: (signal) => client.settings(signal) });
}

interface UsageOptions {
  enabled?: boolean;
  /** Ask again by itself; without it once is enough. */
  watch?: boolean;
}

/** Usage of some days; while other days are asked for, those before stay. */
export function useUsage(query: UsageQuery, { enabled = true, watch = true }: UsageOptions = {}): Result<UsageAnalytics> {
  const { client } = usePrepaid();
  return useReading({
    key: ["usage", query],
    read: (signal) => client.usage(query, signal),
    isEmpty: (usage) => usage.totals.count === 0,
    stays: true,
    enabled,
    ...(watch ? { every: POLL_MS * 3 } : {}),
  });
}

export function useTransaction(entryId: string | null) {
  const { client } = usePrepaid();
  return useReading({
    key: ["transaction", entryId],
    read: (signal) => client.transaction(entryId ?? "", signal),
    enabled: entryId !== null,
  });
}

export type Transactions = Paged<Entry>;

export function useTransactions(filter: TransactionFilter = {}): Transactions {
  const { client } = usePrepaid();
  return usePages({
    key: ["transactions", filter],
    read: (page, signal) => client.transactions({ limit: 20, ...filter, ...page }, signal),
    every: POLL_MS,
  });
}

export interface OutOfCredits {
  /** Spread on PurchaseCreditsModal. */
  modal: { open: boolean; onOpenChange: (open: boolean) => void; required?: string };
  /** Give it the body of any 402 of any API; answers whether it was one of ours. */
  handle: (problem: unknown) => boolean;
}

/** Opens the purchase with the shortfall when a call of the host is refused for want of credits. */
export function useOutOfCredits(problem?: unknown): OutOfCredits {
  const [dismissed, setDismissed] = useState<unknown>(null);
  const [handled, setHandled] = useState<Problem | null>(null);
  const given = isOutOfCredits(problem) && problem !== dismissed ? problem : null;
  const current = handled ?? given;
  const onOpenChange = useCallback(
    (open: boolean) => {
      if (open) return;
      setHandled(null);
      setDismissed(problem);
    },
    [problem],
  );
  const handle = useCallback((next: unknown) => {
    if (!isOutOfCredits(next)) return false;
    setHandled(next);
    return true;
  }, []);
  return { modal: { open: current !== null, onOpenChange, ...(current?.required ? { required: current.required } : {}) }, handle };
}

const isOutOfCredits = (problem: unknown): problem is Problem =>
  typeof problem === "object" && problem !== null && (problem as Problem).code === "insufficient_credits";
