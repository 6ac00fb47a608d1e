/** A bank that takes over the whole page sends people back with what became of the payment in the address. */

export type ReturnStatus = "succeeded" | "pending" | "failed";

const NAMES = ["payment_intent", "payment_intent_client_secret", "redirect_status"];

/** What the address says, once: it is taken out of it, and with it the payment's secret. Null where it says nothing. */
export function claimReturn(): ReturnStatus | null {
  if (typeof window === "undefined") return null;
  const url = new URL(window.location.href);
  const status = url.searchParams.get("redirect_status");
  if (!status || !url.searchParams.has("payment_intent")) return null;
  for (const name of NAMES) url.searchParams.delete(name);
  window.history.replaceState(window.history.state, "", url);
  return status === "succeeded" || status === "pending" ? status : "failed";
}
