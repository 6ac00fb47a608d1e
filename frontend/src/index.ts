/** `@prepaid/react`: prepaid credits in your app. */
export { CreditBalance, type CreditBalanceProps, type Equivalent } from "./components/CreditBalance";
export { CreditDashboard, type CreditDashboardProps, type DashboardSection } from "./components/CreditDashboard";
export { default as CreditUsageAnalytics, type CreditUsageAnalyticsProps } from "./components/CreditUsageAnalytics";
export type { PaymentFormProps } from "./components/purchase/form";
export { default as PurchaseCreditsModal, type PurchaseCreditsModalProps } from "./components/PurchaseCreditsModal";
export { PrepaidProvider, type Appearance, type PrepaidEvent, type PrepaidProviderProps, type ReplaceableComponents } from "./context";
export * from "./client";
export * from "./hooks";
export { en, type Messages } from "./messages/en";
export { pseudo } from "./messages/pseudo";
