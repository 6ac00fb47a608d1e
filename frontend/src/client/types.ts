/** The API's shapes, from openapi.json. */
import type { components } from "./api";

type Schemas = components["schemas"];

export type Level = Schemas["Level"];
export type Runway = Schemas["Runway"];
export type Expiring = Schemas["Expiring"];
export type Balance = Schemas["Balance"];

export type Entry = Schemas["Entry"];

export type RelatedEntry = Schemas["RelatedEntry"];
export type ExplainedEntry = Schemas["ExplainedEntry"];
export type Package = Schemas["Package"];
export type Price = Schemas["Price"];
export type StartedPurchase = Schemas["StartedPurchase"];

export type Purchase = Schemas["Purchase"];
export type Settings = Schemas["Settings"];
export type Alert = Schemas["Alert"];
export type AlertKind = Schemas["AlertKind"];

export type GrantState = Schemas["GrantState"];

/** One grant in any state; a server without `GET grants` only knows the available ones. */
export interface GrantRecord {
  grant_id: string;
  kind: string;
  name?: string;
  state: GrantState;
  amount: string;
  remaining: string;
  expired?: string;
  voided?: string;
  expires_at: string | null;
  given_at?: string | null;
}

export interface UsageSum {
  units: Record<string, string>;
  credits: string;
  count: number;
}

export interface UsageBucket extends UsageSum {
  key: string | null;
  from: string;
  to: string;
  partial: boolean;
  operations?: Record<string, UsageSum>;
}

export interface UsagePeriod {
  buckets: UsageBucket[];
  totals: UsageSum;
  /** By reference: what is not among the hundred most expensive. */
  other?: UsageBucket | null;
  /** By reference: false where there were too many entries to be read; the buckets hold the newest. */
  complete?: boolean;
}

export interface UsageAnalytics extends UsagePeriod {
  from: string;
  to: string;
  time_zone: string;
  group_by?: Schemas["UsageGrouping"];
  operations?: Record<string, UsageSum>;
  previous?: UsagePeriod | null;
  /** The ten entries that cost most, if asked for; not `complete` where they are of the newest only. */
  largest?: { items: Entry[]; complete: boolean } | null;
  as_of?: string;
}

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** What a request was refused with: an RFC 9457 problem, or a failure to reach the server. */
export interface Problem {
  /** The server's code, or `offline`, `unauthorized`, `not_available`, `unreadable`. */
  code: string;
  status: number;
  title: string;
  detail: string;
  request_id?: string;
  required?: string;
  available?: string;
}

export class PrepaidError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = "PrepaidError";
    this.problem = problem;
  }
}
