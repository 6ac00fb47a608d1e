/** Sample data of the mock client; its numbers agree with each other. */
import { alerts } from "./sample-alerts";
import { usage } from "./sample-usage";
import type { Balance, Entry, ExplainedEntry, GrantRecord, Package, Price, Purchase, Settings } from "./types";

const balance: Balance = {
  account_id: "user-1",
  name: "Maya Lindqvist",
  balance: "49.43",
  held: "9.50",
  available: "39.93",
  protected: "0.00",
  status: "active",
  level: "low",
  unlimited: false,
  runway: { days_left: 2, per_day: "18.53", spent: "129.71", days: 7 },
  next_expiry: { amount: "16.35", at: "2026-11-30T23:00:00Z" },
  next_grant: null,
  grants: [
    { grant_id: "g2", kind: "promotional", amount: "25.00", remaining: "16.35", protected: "0.00", expires_at: "2026-11-30T23:00:00Z", priority: 10 },
    { grant_id: "g1", kind: "purchased", amount: "100.50", remaining: "33.08", protected: "0.00", expires_at: null, priority: 50 },
  ],
  holds: ["h1", "h2", "h3"].map((hold_id) => ({ hold_id, amount: "3.17", operation: "vapi_call", expires_at: "2026-11-25T14:20:00Z" })),
  limits: [],
  expiring: { amount: "16.35", at: "2026-11-30T23:00:00Z" },
  pending: [],
  as_of: "2026-11-25T13:03:22Z",
};

const packageRow = (package_id: string, name: string, credits: string, bonus: string, total: string, amount: number): Package => ({
  package_id,
  name,
  description: "",
  credits,
  bonus,
  total_credits: total,
  price: { amount, currency: "usd" },
  popular: package_id === "professional",
  validity_days: null,
  bonus_validity_days: null,
});

const packages: Package[] = [
  packageRow("starter", "Starter", "100.00", "0.00", "100.00", 1000),
  packageRow("professional", "Professional", "500.00", "50.00", "550.00", 4500),
  packageRow("business", "Business", "1000.00", "150.00", "1150.00", 8000),
  packageRow("enterprise", "Enterprise", "2500.00", "500.00", "3000.00", 18000),
  packageRow("premium", "Premium", "5000.00", "1000.00", "6000.00", 32000),
];

const unit = (name: string, rate: string) => ({ unit: name, rate, increment: null, minimum: null, description: name, counted: name !== "minute" && name !== "mb" });
const price = (operation: string, ...units: ReturnType<typeof unit>[]): Price => ({
  operation,
  plan: "default",
  effective_from: "2026-09-01T00:00:00Z",
  upcoming: false,
  ended: false,
  units,
});

const prices: Price[] = [
  price("vapi_call", unit("call", "1.00"), unit("minute", "0.50")),
  price("message", unit("message", "0.10")),
  price("file_upload", unit("mb", "0.25")),
  price("workflow_execution", unit("execution", "2.00")),
];

function entry(seq: number, at: string, amount: string, after: string, more: Partial<Entry>): Entry {
  return {
    entry_id: `e${seq}`,
    account_id: "user-1",
    seq,
    kind: "usage",
    amount,
    held_change: "0.00",
    balance_after: after,
    available_after: after,
    operation: null,
    quantities: {},
    waived: "0.00",
    shortfall: "0.00",
    debt_paid: "0.00",
    burned: [],
    rounded: false,
    hold_id: null,
    hold_amount: null,
    final: true,
    grant_id: null,
    expires_at: null,
    reason: null,
    reference: null,
    metadata: {},
    actor: "user:user-1",
    occurred_at: at,
    posted_at: at,
    usage_day: at.slice(0, 10),
    ...more,
  };
}

const call = (minute: string): Partial<Entry> => ({ operation: "vapi_call", quantities: { call: "1", minute } });
const run: Partial<Entry> = { operation: "workflow_execution", quantities: { execution: "1" } };
const burned = [{ grant_id: "g2", amount: "2.60" }];

const entries: Entry[] = [
  entry(9, "2026-11-25T12:39:02Z", "-2.05", "49.43", { kind: "capture", ...call("2.1") }),
  entry(8, "2026-11-25T12:31:09Z", "-2.60", "51.48", { kind: "capture", ...call("3.2"), burned, held_change: "-6.00", reference: "call_Qm7x2Vd9" }),
  entry(7, "2026-11-25T11:20:40Z", "-2.00", "54.08", run),
  entry(6, "2026-11-25T11:00:12Z", "-2.00", "56.08", run),
  entry(5, "2026-11-25T10:24:55Z", "25.00", "58.08", { kind: "grant", reason: "Voice pilot credits", grant_id: "g2" }),
  entry(4, "2026-11-25T09:30:07Z", "-2.00", "33.08", run),
  entry(3, "2026-11-25T09:11:31Z", "-0.90", "35.08", { operation: "message", quantities: { message: "9" } }),
  entry(2, "2026-11-25T08:24:10Z", "-7.80", "35.98", { operation: "file_upload", quantities: { mb: "31.2" } }),
  entry(1, "2026-11-19T08:02:44Z", "50.00", "43.78", { kind: "bonus", grant_id: "g1" }),
];

const explained: Record<string, Partial<ExplainedEntry>> = {
  e8: {
    calculation: {
      price_version: "2026-09-01T00:00:00Z",
      lines: [
        { unit: "call", quantity: "1", billed: "1", rate: "1.00", cost: "1.00" },
        { unit: "minute", quantity: "3.2", billed: "3.2", rate: "0.50", cost: "1.60" },
      ],
      carry_before: "0",
      carry_after: "0",
      cost: "2.60",
    },
    related: [{ entry_id: "e8h", seq: 7, kind: "hold", amount: "0.00", held_change: "6.00", final: false, reason: null, posted_at: "2026-11-25T12:27:51Z" }],
  },
};

const purchase = (payment_id: string, package_id: string, credits: string, bonus: string, amount: number, at: string): Purchase => ({
  payment_id,
  account_id: "user-1",
  package_id,
  credits,
  bonus,
  amount,
  currency: "usd",
  status: "succeeded",
  credited: true,
  failure_reason: null,
  problem: null,
  amount_refunded: 0,
  credits_taken_back: "0.00",
  created_at: at,
  paid_at: at,
  receipt_url: "https://pay.stripe.com/receipts/sample",
  card: { brand: "visa", last4: "4242" },
});

const purchases: Purchase[] = [
  purchase("pay_2", "professional", "500.00", "50.00", 4500, "2026-10-19T09:12:00Z"),
  purchase("pay_1", "starter", "100.00", "0.00", 1000, "2026-09-11T15:40:00Z"),
];

const grant = (grant_id: string, name: string, state: GrantRecord["state"], amount: string, remaining: string, more: Partial<GrantRecord> = {}): GrantRecord => ({
  grant_id,
  name,
  kind: "promotional",
  state,
  amount,
  remaining,
  expires_at: null,
  ...more,
});

const grants: GrantRecord[] = [
  grant("g2", "Voice pilot credits", "available", "25.00", "16.35", { expires_at: "2026-11-30T23:00:00Z" }),
  grant("g1", "Starter package", "available", "100.50", "33.08", { kind: "purchased" }),
  grant("g3", "Monthly allowance", "scheduled", "50.00", "50.00", { given_at: "2026-12-01T00:00:00Z" }),
  grant("g4", "Professional bonus", "used_up", "50.00", "0.00", { kind: "bonus", given_at: "2026-10-19T09:12:00Z" }),
  grant("g5", "Referral reward", "expired", "30.00", "0.00", { expired: "19.68", expires_at: "2026-10-11T22:00:00Z" }),
  grant("g6", "Goodwill, granted twice", "voided", "15.00", "0.00", { voided: "15.00", given_at: "2026-11-02T10:00:00Z" }),
];

const settings: Settings = {
  account_id: "user-1",
  thresholds: ["60.00", "0.00"],
  runway_thresholds: [7],
  repeat_days: null,
  time_zone: "Europe/Berlin",
  time_zone_now: "Europe/Berlin",
  overage: "absorb",
  limits: { daily: null, monthly: null, others: [] },
  admin_limits: { daily: null, monthly: null, others: [] },
  channels: { bus: true, sns: false, email: false },
  recipients: [],
  cooldown_seconds: { bus: 0, sns: 0, email: 0 },
  limits_now: [],
  defaults: [],
  version: 1,
  saved_at: "2026-11-01T09:00:00Z",
  saved_by: "user:user-1",
};

export const SAMPLE = { balance, packages, prices, entries, explained, purchases, grants, usage, alerts, settings };
