/** `/gallery`: every component in every state, with sample data. */
import { QueryClient } from "@tanstack/react-query";
import { Suspense, useMemo, type ReactNode } from "react";
import { createMockPrepaid, type MockData } from "../src/client/mock";
import { SAMPLE } from "../src/client/samples";
import type { Problem, PurchaseState, StartedPurchase } from "../src/client";
import { CreditBalance } from "../src/components/CreditBalance";
import CreditUsageAnalytics from "../src/components/CreditUsageAnalytics";
import Alerts from "../src/components/dashboard/Alerts";
import { Grants } from "../src/components/dashboard/Grants";
import { Receipts } from "../src/components/dashboard/Receipts";
import { Transactions } from "../src/components/dashboard/Transactions";
import { Banner } from "../src/components/dashboard/Banner";
import { PurchaseView } from "../src/components/purchase/PurchaseView";
import { PrepaidProvider, usePrepaid } from "../src/context";
import { usePackages } from "../src/hooks";
import { Skeleton } from "../src/components/ui";
import { Page } from "./Page";
import { localPayment as LocalForm } from "./localPayment";

const { balance } = SAMPLE;
const refused = (status: number, code: string): Problem => ({ code, status, title: "", detail: "", request_id: "req_5Tn0Qx" });
const rich = { ...balance, balance: "1284.50", available: "1284.50", held: "0.00", holds: [], level: "healthy" as const, runway: { days_left: 69, per_day: "18.53", spent: "129.71", days: 7 } };

const BALANCES: Record<string, MockData> = {
  loading: { pending: ["balance"] },
  "ready, healthy": { balance: rich },
  "ready, low": {},
  "ready, empty": { balance: { ...balance, balance: "0.00", available: "0.00", held: "0.00", holds: [], level: "empty", next_expiry: null } },
  "ready, debt": { balance: { ...balance, balance: "-4.10", available: "-4.10", held: "0.00", holds: [], level: "debt", next_expiry: null } },
  "ready, frozen": { balance: { ...rich, balance: "212.00", available: "212.00", status: "frozen", level: "frozen" } },
  "ready, unlimited": { balance: { ...rich, unlimited: true, level: "unlimited" } },
  offline: { problems: { balance: refused(0, "offline") } },
  denied: { problems: { balance: refused(403, "forbidden") } },
  failed: { problems: { balance: refused(422, "internal") } },
};
/** The same once more where a value is known already. */
const KNOWN: Record<string, MockData> = {
  "ready, asking again": { pending: ["balance"] },
  "offline, last known": { problems: { balance: refused(0, "offline") } },
};
const failedPayment = { ...SAMPLE.purchases[0]!, payment_id: "pay_9", status: "failed" as const, credited: false };
const BANNERS: Record<string, MockData> = {
  low: {},
  empty: BALANCES["ready, empty"]!,
  debt: BALANCES["ready, debt"]!,
  frozen: BALANCES["ready, frozen"]!,
  "payment failed": { purchases: [failedPayment] },
};

const started: StartedPurchase = { payment_id: "pay_1", client_secret: "pi_1_secret_1", publishable_key: "pk_test_local", amount: 4500, currency: "usd", credits: "500.00", bonus: "50.00", status: "created" };
const at = { packageId: "professional", purchase: started };
const PURCHASES: PurchaseState[] = [
  { status: "choosing" },
  { status: "choosing", resumable: { ...failedPayment, status: "processing" } },
  { status: "creating", packageId: "professional" },
  { status: "ready", ...at },
  { status: "declined", ...at, reason: "insufficient_funds" },
  { status: "confirming", ...at },
  { status: "action_required", ...at },
  { status: "processing", ...at },
  { status: "waiting_for_credit", ...at, late: false, debit: false },
  { status: "waiting_for_credit", ...at, late: true, debit: false },
  { status: "waiting_for_credit", ...at, late: false, debit: true },
  { status: "credited", ...at, payment: SAMPLE.purchases[0]! },
  { status: "failed", packageId: "professional", problem: refused(503, "unavailable") },
  { status: "failed", packageId: "professional", problem: refused(200, "payment_under_review") },
  { status: "canceled", packageId: "professional" },
];
const nothing = () => undefined;
const NO_USAGE = { ...SAMPLE.usage, buckets: [], operations: {}, previous: null, totals: { units: {}, credits: "0.00", count: 0 } };
/** `?page=credits` shows the whole credits page with the sample data, `?theme=dark` either in the dark. */
const asked = new URLSearchParams(window.location.search);
const SOMEBODY = { user: "user-1", role: "user", name: "Maya Lindqvist", company: "Northwind Talent" };

export default function Gallery() {
  return (
    <State data={{}} bare>
      {asked.get("page") === "credits" ? <Page person={SOMEBODY} onLeave={nothing} /> : <Frame />}
    </State>
  );
}

function Frame() {
  const { rootProps } = usePrepaid();
  return (
    <main {...rootProps} className="app pp-root app-gallery">
      <h1>Every component, every state</h1>
      <h2>CreditBalance, compact</h2>
      <div className="app-grid">{Object.entries(BALANCES).map(([name, data]) => <State key={name} name={name} data={data}><div><CreditBalance variant="compact" /></div></State>)}</div>
      <h2>CreditBalance, full</h2>
      <div className="app-grid">{Object.entries(BALANCES).map(([name, data]) => <State key={name} name={name} data={data}><CreditBalance equivalents={[{ operation: "vapi_call", unit: "minute" }]} /></State>)}</div>
      <div className="app-grid">{Object.entries(KNOWN).map(([name, data]) => <State key={name} name={name} data={data} known><CreditBalance /></State>)}</div>
      <h2>CreditDashboard: its banner and its sections</h2>
      <div className="app-grid">{Object.entries(BANNERS).map(([name, data]) => <State key={name} name={name} data={data}><Banner onAdd={nothing} /></State>)}</div>
      <div className="app-grid">
        <State name="grants, five states" data={{}}><Grants /></State>
        <State name="grants, empty" data={{ grants: [] }}><Grants /></State>
        <State name="alerts, every kind of delivery" data={{}}><Alerts /></State>
        <State name="alerts, empty" data={{ alerts: [], settings: { ...SAMPLE.settings, thresholds: [], runway_thresholds: [] } }}><Alerts /></State>
        <State name="alerts, loading" data={{ pending: ["alerts", "settings"] }}><Alerts /></State>
        <State name="alerts, failed" data={{ problems: { alerts: refused(422, "internal") } }}><Alerts /></State>
        <State name="alerts, offline" data={{ problems: { alerts: refused(0, "offline") } }}><Alerts /></State>
        <State name="alerts, denied" data={{ problems: { alerts: refused(403, "forbidden") } }}><Alerts /></State>
        <State name="usage, empty" data={{ usage: NO_USAGE }}><CreditUsageAnalytics /></State>
        <State name="usage, empty on chosen days" data={{ usage: NO_USAGE }}><CreditUsageAnalytics range={{ from: "2026-11-01", to: "2026-11-03" }} /></State>
        <State name="usage, loading" data={{ pending: ["usage"] }}><CreditUsageAnalytics /></State>
        <State name="usage, failed" data={{ problems: { usage: refused(422, "internal") } }}><CreditUsageAnalytics /></State>
        <State name="usage, denied" data={{ problems: { usage: refused(403, "forbidden") } }}><CreditUsageAnalytics /></State>
        <State name="usage, offline" data={{ problems: { usage: refused(0, "offline") } }}><CreditUsageAnalytics /></State>
        <State name="receipts" data={{}}><Receipts /></State>
        <State name="receipts, failed" data={{ problems: { purchases: refused(422, "internal") } }}><Receipts /></State>
        <State name="transactions, empty" data={{ entries: [] }}><Transactions urlState={false} /></State>
        <State name="transactions, loading" data={{ pending: ["transactions"] }}><Transactions urlState={false} /></State>
        <State name="transactions, denied" data={{ problems: { transactions: refused(403, "forbidden") } }}><Transactions urlState={false} /></State>
        <State name="transactions, offline" data={{ problems: { transactions: refused(0, "offline") } }}><Transactions urlState={false} /></State>
      </div>
      <div className="app-grid" data-wide="">
        <State name="transactions" data={{}}><Transactions urlState={false} /></State>
        <State name="usage" data={{}}><CreditUsageAnalytics /></State>
        <State name="usage of chosen days, by week and reference, with the largest charges; more than can be read" data={{ usage: { ...SAMPLE.usage, complete: false } }}><CreditUsageAnalytics range={{ from: "2026-11-01", to: "2026-11-20" }} granularity="week" groupBy="reference" largest /></State>
      </div>
      <h2>PurchaseCreditsModal</h2>
      <div className="app-grid" data-wide="">{PURCHASES.map((state, place) => <State key={place} name={nameOf(state)} data={{}}><Purchase state={state} /></State>)}</div>
    </main>
  );
}

const nameOf = (state: PurchaseState): string =>
  [state.status, "resumable" in state && "resumable", "late" in state && state.late && "late", "debit" in state && state.debit && "bank debit", "problem" in state && state.problem.code].filter(Boolean).join(", ");

interface StateProps {
  name?: string;
  data: MockData;
  bare?: boolean;
  /** A balance is known from before. */
  known?: boolean;
  children: ReactNode;
}

function State({ name, data, bare, known = false, children }: StateProps) {
  const client = useMemo(() => createMockPrepaid(data), [data]);
  const queryClient = useMemo(() => {
    const own = new QueryClient();
    if (known) own.setQueryData(["prepaid", "balance"], rich, { updatedAt: 1 });
    return own;
  }, [known]);
  const theme = asked.get("theme") === "dark" ? "dark" : "system";
  const appearance = useMemo(() => ({ theme }) as const, [theme]);
  const content = <PrepaidProvider client={client} queryClient={queryClient} appearance={appearance} timeZone="Europe/Berlin" {...(LocalForm ? { localPayment: LocalForm } : {})}>{children}</PrepaidProvider>;
  return bare ? content : <div className="app-state"><code>{name}</code>{content}</div>;
}

function Purchase({ state }: { state: PurchaseState }) {
  const { rootProps } = usePrepaid();
  const packages = usePackages();
  return (
    <div {...rootProps} className="pp-root pp-card" style={{ maxInlineSize: 860 }}>
      <PurchaseView
        state={state}
        packages={packages}
        balance={state.status === "credited" ? { ...balance, available: "589.93" } : balance}
        chosenId="professional"
        title={<h3 className="pp-dialog-title">{state.status === "choosing" || state.status === "creating" ? "Add credits" : "Payment"}</h3>}
        actions={{ onChoose: nothing, onStart: nothing, onPay: nothing, onBack: nothing, onStartAgain: nothing, onClose: nothing }}
        form={(props) => LocalForm && <Suspense fallback={<Skeleton width="100%" height={220} />}><LocalForm {...props} /></Suspense>}
      />
    </div>
  );
}
