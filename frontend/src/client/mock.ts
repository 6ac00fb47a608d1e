/** A client that answers from memory, for stories, galleries and a host's own tests. */
import type { Prepaid } from "./client";
import { usageFor } from "./sample-usage";
import { SAMPLE } from "./samples";
import {
  PrepaidError,
  type Alert,
  type Balance,
  type Entry,
  type ExplainedEntry,
  type GrantRecord,
  type Package,
  type Price,
  type Problem,
  type Purchase,
  type Settings,
  type UsageAnalytics,
} from "./types";
import { watchBalance } from "./watch";

export interface MockData {
  balance?: Balance;
  packages?: Package[];
  prices?: Price[];
  entries?: Entry[];
  explained?: Record<string, Partial<ExplainedEntry>>;
  purchases?: Purchase[];
  grants?: GrantRecord[];
  usage?: UsageAnalytics;
  alerts?: Alert[];
  settings?: Settings;
  /** Calls that are refused, by the client's method. */
  problems?: Partial<Record<keyof Prepaid, Problem>>;
  /** Calls that never answer. */
  pending?: (keyof Prepaid)[];
}

const missing: Problem = { code: "not_found", status: 404, title: "", detail: "" };

/** A client that answers with *data*, and with sample data for what it does not name. */
export function createMockPrepaid(data: MockData = {}): Prepaid {
  const all = { ...SAMPLE, ...data };
  let { alerts } = all;

  function answer<Value>(name: keyof Prepaid, value: Value | undefined): Promise<Value> {
    const problem = data.problems?.[name];
    if (data.pending?.includes(name)) return new Promise(() => undefined);
    if (problem) return Promise.reject(new PrepaidError(problem));
    return value === undefined ? Promise.reject(new PrepaidError(missing)) : Promise.resolve(value);
  }

  const purchaseOf = (id: string) => all.purchases.find((each) => each.payment_id === id);
  const client: Prepaid = {
    balance: () => answer("balance", { balance: all.balance, etag: null }),
    packages: () => answer("packages", all.packages),
    pricing: () => answer("pricing", all.prices),
    transactions: (filter = {}) => {
      const fits = (entry: Entry) =>
        (!filter.kind || entry.kind === filter.kind) && (!filter.operation || entry.operation === filter.operation);
      return answer("transactions", { items: all.entries.filter(fits), next_cursor: null });
    },
    transaction: (id) => {
      const entry = all.entries.find((each) => each.entry_id === id);
      const plain = { calculation: null, changed: {}, explanation: "" };
      return answer("transaction", entry && ({ ...entry, ...plain, ...all.explained[id] } as ExplainedEntry));
    },
    purchases: () => answer("purchases", { items: all.purchases, next_cursor: null }),
    purchase: (id) => answer("purchase", purchaseOf(id)),
    refreshPurchase: (id) => answer("refreshPurchase", purchaseOf(id)),
    startPurchase: (packageId) => {
      const found = all.packages.find((each) => each.package_id === packageId);
      return answer(
        "startPurchase",
        found && {
          payment_id: "pay_mock",
          client_secret: "pi_mock_secret_mock",
          publishable_key: "pk_test_local",
          amount: found.price.amount,
          currency: found.price.currency,
          credits: found.credits,
          bonus: found.bonus,
          status: "created" as const,
        },
      );
    },
    grants: () => answer("grants", { items: all.grants, next_cursor: null }),
    usage: (query) => answer("usage", usageFor(all.usage, query, all.entries)),
    alerts: ({ limit = 20, cursor = "0" } = {}) => {
      const end = Number(cursor) + limit;
      return answer("alerts", { items: alerts.slice(Number(cursor), end), next_cursor: end < alerts.length ? String(end) : null });
    },
    acknowledgeAlert: (id) => {
      const seen = alerts.find((each) => each.alert_id === id);
      const noted = seen && { ...seen, repeat_at: null, acknowledged_at: seen.acknowledged_at ?? all.balance.as_of, acknowledged_by: seen.acknowledged_by ?? `user:${all.balance.account_id}` };
      return answer("acknowledgeAlert", noted).then((done) => {
        alerts = alerts.map((each) => (each.alert_id === id ? done : each));
        return done;
      });
    },
    settings: () => answer("settings", all.settings),
    watchBalance: (listener, options) => watchBalance(client, listener, options),
  };
  return client;
}
