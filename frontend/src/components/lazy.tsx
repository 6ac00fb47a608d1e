/** What is large is loaded when it is shown, whoever imports it. */
import { lazy, Suspense } from "react";
import type { CreditUsageAnalyticsProps } from "./CreditUsageAnalytics";
import type { PurchaseCreditsModalProps } from "./PurchaseCreditsModal";

const Purchase = lazy(() => import("./PurchaseCreditsModal"));
const LazyAlerts = lazy(() => import("./dashboard/Alerts"));
const Usage = lazy(() => import("./CreditUsageAnalytics"));

export const PurchaseCreditsModal = (props: PurchaseCreditsModalProps) => (
  <Suspense fallback={null}>{(props.open || props.inline) && <Purchase {...props} />}</Suspense>
);

export const CreditUsageAnalytics = (props: CreditUsageAnalyticsProps) => (
  <Suspense fallback={<div className="pp-card pp-usage-room" aria-busy="true" />}>
    <Usage {...props} />
  </Suspense>
);

export const Alerts = () => (
  <Suspense fallback={<div className="pp-card pp-alerts-room" aria-busy="true" />}>
    <LazyAlerts />
  </Suspense>
);
