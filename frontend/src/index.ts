/** `@prepaid/react`: prepaid credits in your app. */
export { CreditBalance, type CreditBalanceProps, type Equivalent } from "./components/CreditBalance";
export { CreditDashboard, type CreditDashboardProps, type DashboardSection } from "./components/CreditDashboard";
export type { CreditUsageAnalyticsProps, UsageBreakdown, UsageDays, UsageGranularity, UsageRange } from "./components/CreditUsageAnalytics";
export { CreditUsageAnalytics, PurchaseCreditsModal } from "./components/lazy";
export type { PaymentFormProps } from "./components/purchase/form";
export type { PurchaseCreditsModalProps } from "./components/PurchaseCreditsModal";
export { PrepaidProvider, type Appearance, type PrepaidEvent, type PrepaidProviderProps, type ReplaceableComponents } from "./context";
export * from "./client";
export * from "./hooks";
export { en, type Messages } from "./messages/en";
export { de } from "./messages/de";
export { pseudo } from "./messages/pseudo";
