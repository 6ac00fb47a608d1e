/** The API as typed calls, and what is built on them without React. */
import { createSender, type ClientOptions } from "./http";
import type {
  Alert,
  Balance,
  Entry,
  ExplainedEntry,
  GrantRecord,
  Package,
  Page,
  Price,
  Purchase,
  Settings,
  StartedPurchase,
  UsageAnalytics,
} from "./types";
import { watchBalance, type BalanceWatch, type WatchOptions } from "./watch";

export interface TransactionFilter {
  kind?: string;
  operation?: string;
  from?: string;
  to?: string;
  limit?: number;
  cursor?: string;
}

export interface UsageQuery {
  from: string;
  to: string;
  group_by?: "day" | "week" | "month" | "operation" | "variant" | "reference";
  compare?: "previous";
  include?: "largest";
}

export interface Prepaid {
  balance(options?: { etag?: string; signal?: AbortSignal }): Promise<{ balance: Balance | null; etag: string | null }>;
  packages(): Promise<Package[]>;
  pricing(): Promise<Price[]>;
  transactions(filter?: TransactionFilter, signal?: AbortSignal): Promise<Page<Entry>>;
  transaction(entryId: string, signal?: AbortSignal): Promise<ExplainedEntry>;
  purchases(page?: { limit?: number; cursor?: string }): Promise<Page<Purchase>>;
  purchase(paymentId: string): Promise<Purchase>;
  /** Ask Stripe what became of a payment, where its webhook is late. */
  refreshPurchase(paymentId: string): Promise<Purchase>;
  startPurchase(packageId: string, key: string): Promise<StartedPurchase>;
  grants(page?: { limit?: number; cursor?: string }): Promise<Page<GrantRecord>>;
  usage(query: UsageQuery, signal?: AbortSignal): Promise<UsageAnalytics>;
  /** What the account was warned of, the latest first. */
  alerts(page?: { limit?: number; cursor?: string }, signal?: AbortSignal): Promise<Page<Alert>>;
  /** Note that somebody has seen an alert; a repeat changes nothing. */
  acknowledgeAlert(alertId: string): Promise<Alert>;
  /** The account's settings, its time zone among them. */
  settings(signal?: AbortSignal): Promise<Settings>;
  /** Call *listener* with every new balance until the returned function is called. */
  watchBalance(listener: BalanceWatch, options?: WatchOptions): () => void;
}

/** A client of one signed-in person; every call rejects with PrepaidError only. */
export function createPrepaid(options: ClientOptions): Prepaid {
  const send = createSender(options);
  const read = async <Body>(path: string, query?: Record<string, string | number | undefined>, signal?: AbortSignal) =>
    (await send<Body>(path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) })).body;

  const client: Prepaid = {
    async balance({ etag, signal } = {}) {
      const headers: Record<string, string> = etag ? { "If-None-Match": etag } : {};
      const answer = await send<Balance>("balance", { headers, ...(signal ? { signal } : {}) });
      return { balance: answer.status === 304 ? null : answer.body, etag: answer.etag };
    },
    packages: async () => (await read<{ items: Package[] }>("packages")).items,
    pricing: async () => (await read<{ items: Price[] }>("pricing")).items,
    transactions: (filter = {}, signal) => read("transactions", { ...filter }, signal),
    transaction: (entryId, signal) => read(`transactions/${encodeURIComponent(entryId)}`, undefined, signal),
    purchases: (page = {}) => read("purchases", { ...page }),
    purchase: (paymentId) => read(`purchases/${encodeURIComponent(paymentId)}`),
    refreshPurchase: async (paymentId) =>
      (await send<Purchase>(`purchases/${encodeURIComponent(paymentId)}/refresh`, { method: "POST", body: {} })).body,
    startPurchase: async (packageId, key) =>
      (await send<StartedPurchase>("purchase", { method: "POST", body: { package_id: packageId }, key })).body,
    grants: (page = {}) => read("grants", { ...page }),
    usage: (query, signal) => read("usage/analytics", { ...query }, signal),
    alerts: (page = {}, signal) => read("alerts", { ...page }, signal),
    acknowledgeAlert: async (alertId) =>
      (await send<Alert>(`alerts/${encodeURIComponent(alertId)}/acknowledge`, { method: "POST" })).body,
    settings: (signal) => read("settings", undefined, signal),
    watchBalance: (listener, watch) => watchBalance(client, listener, watch),
  };
  return client;
}
