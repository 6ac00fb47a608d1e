/** The whole credit page; a section that fails leaves the others. */
import { useCallback, useRef, useState } from "react";
import { usePrepaid } from "../context";
import { useBuying } from "../hooks/buying";
import { CreditBalance, type Equivalent } from "./CreditBalance";
import { Banner } from "./dashboard/Banner";
import { Grants } from "./dashboard/Grants";
import { Receipts } from "./dashboard/Receipts";
import { Transactions } from "./dashboard/Transactions";
import { Alerts, CreditUsageAnalytics, PurchaseCreditsModal } from "./lazy";
import type { UsageDays } from "./usage/range";

const SECTIONS = ["balance", "usage", "transactions", "grants", "alerts", "receipts"] as const;
export type DashboardSection = (typeof SECTIONS)[number];

export interface CreditDashboardProps {
  sections?: readonly DashboardSection[];
  equivalents?: Equivalent[];
  /** Keep filters, the range of usage and the opened transaction in the page's address. */
  urlState?: boolean;
}

export function CreditDashboard({ sections = SECTIONS, equivalents = [], urlState = true }: CreditDashboardProps) {
  const { rootProps } = usePrepaid();
  const [isBuying, setBuying, returned] = useBuying();
  const has = (section: DashboardSection) => sections.includes(section);
  const add = () => setBuying(true);
  const [days, setDays] = useState<UsageDays>();
  const transactions = useRef<HTMLDivElement>(null);
  const openDays = useCallback((from: string, to: string) => {
    setDays({ from, to });
    transactions.current?.focus();
  }, []);
  return (
    <div {...rootProps} className="pp-root pp-dashboard" data-slot="credit-dashboard">
      <Banner onAdd={add} />
      <div className="pp-dashboard-columns">
        {has("balance") && <div data-area="balance"><CreditBalance equivalents={equivalents} onAddCredits={add} /></div>}
        {has("usage") && <div data-area="usage"><CreditUsageAnalytics urlState={urlState} {...(has("transactions") ? { onBucketClick: openDays } : {})} /></div>}
        {has("transactions") && <div ref={transactions} data-area="transactions" tabIndex={-1}><Transactions urlState={urlState} days={days} /></div>}
        <div data-area="side">
          {has("grants") && <Grants />}
          {has("alerts") && <Alerts />}
          {has("receipts") && <Receipts />}
        </div>
      </div>
      <PurchaseCreditsModal open={isBuying} returned={returned} onOpenChange={setBuying} />
    </div>
  );
}
