/** Sample alerts of the mock client; they agree with its balance and its settings. */
import type { Alert } from "./types";

function alert(seq: number, kind: Alert["kind"], at: string, balance: string, more: Partial<Alert> = {}): Alert {
  return {
    alert_id: `a${seq}`,
    kind,
    raised_at: at,
    delivered_at: at,
    quiet: false,
    thresholds: [],
    limit: null,
    runway: null,
    spike: null,
    expiring: [],
    expires_within_days: null,
    balance,
    available: balance,
    seq,
    deliveries: [
      { channel: "bus", state: "sent", at },
      { channel: "email", state: "sent", at },
    ],
    repeat_at: null,
    acknowledged_at: null,
    acknowledged_by: null,
    ...more,
  };
}

const seen = (at: string): Partial<Alert> => ({ acknowledged_at: at, acknowledged_by: "user:user-1" });
const daily = { operation: "vapi_call", window: "day", set_by: "user", amount: "20.00", used: "16.40", held: "0.00", left: "3.60", resets_at: "2026-11-21T23:00:00Z" } as const;

export const alerts: Alert[] = [
  alert(9, "balance_low", "2026-11-24T07:50:12Z", "58.08", { thresholds: ["60.00"], repeat_at: "2026-12-01T07:50:12Z" }),
  alert(8, "runway_low", "2026-11-23T23:00:04Z", "74.20", { runway: { thresholds: [7], days_left: 4, per_day: "18.53", spent: "129.71" }, deliveries: [{ channel: "email", state: "failed", at: "2026-11-23T23:00:04Z" }] }),
  alert(7, "expiry_near", "2026-11-23T23:00:00Z", "74.20", { expiring: [{ expires_at: "2026-11-30T23:00:00Z", amount: "16.35" }], expires_within_days: 7, ...seen("2026-11-24T08:01:00Z") }),
  alert(6, "limit_near", "2026-11-21T14:12:40Z", "91.10", { limit: daily, ...seen("2026-11-21T15:00:00Z") }),
  alert(5, "usage_spike", "2026-11-19T10:22:00Z", "120.45", { spike: { hour: "2026-11-19T10:00:00Z", spent: "28.00", usual: "3.50" }, deliveries: [{ channel: "email", state: "suppressed", at: "2026-11-19T10:22:00Z" }], ...seen("2026-11-19T11:00:00Z") }),
  alert(4, "balance_recovered", "2026-11-19T08:02:44Z", "150.50", { thresholds: ["60.00"], ...seen("2026-11-19T08:10:00Z") }),
  alert(3, "balance_low", "2026-11-19T07:40:31Z", "59.40", { thresholds: ["60.00"], quiet: true, delivered_at: null, deliveries: [] }),
  alert(2, "balance_low", "2026-11-19T06:55:10Z", "58.90", { thresholds: ["60.00"], ...seen("2026-11-19T07:02:00Z") }),
];
