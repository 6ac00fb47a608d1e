/** Hooks: the network is theirs, so that a view is a pure function of a state. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { compare, type Balance, type Entry, type GrantRecord, type Level, type Problem, type TransactionFilter, type UsageQuery } from "../client";
import { usePrepaid } from "../context";
import { problemOfError, useReading, type Result } from "./result";

export type { Result, Status } from "./result";
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

export function useUsage(query: UsageQuery) {
  const { client } = usePrepaid();
  return useReading({
    key: ["usage", query],
    read: (signal) => client.usage(query, signal),
    isEmpty: (usage) => usage.totals.count === 0,
    every: POLL_MS * 3,
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

export interface Transactions extends Result<Entry[]> {
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
}

export function useTransactions(filter: TransactionFilter = {}): Transactions {
  const { client, queryClient } = usePrepaid();
  const query = useInfiniteQuery(
    {
      queryKey: ["prepaid", "transactions", filter],
      queryFn: ({ pageParam, signal }) =>
        client.transactions({ limit: 20, ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
      initialPageParam: "",
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      networkMode: "always",
      retry: (count, error) => count < 2 && problemOfError(error).status >= 500,
      refetchInterval: POLL_MS,
    },
    queryClient,
  );
  const data = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const problem = query.error ? problemOfError(query.error) : undefined;
  const isDenied = problem?.status === 401 || problem?.status === 403;
  return {
    status: problem?.code === "offline" ? "offline" : isDenied ? "denied" : data ? (data.length ? "ready" : "empty") : problem ? "failed" : "loading",
    data,
    problem,
    isStale: data !== undefined && (query.isRefetching || problem !== undefined),
    asOf: data && new Date(query.dataUpdatedAt).toISOString(),
    refetch: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
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
