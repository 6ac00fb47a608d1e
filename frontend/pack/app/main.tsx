import { createPrepaid, CreditBalance, PrepaidProvider } from "@prepaid/react";
import { LocalCardForm } from "@prepaid/react/local";
import "@prepaid/react/styles.css";
import { createRoot } from "react-dom/client";

const asUser = { method: "POST", body: JSON.stringify({ user: "user-2" }) };
const getToken = async () => ((await (await fetch("/_local/session", asUser)).json()) as { token: string }).token;
const prepaid = createPrepaid({ baseUrl: location.origin, getToken });
const app = <PrepaidProvider client={prepaid} localPayment={LocalCardForm}><CreditBalance /></PrepaidProvider>;
createRoot(document.getElementById("root")!).render(app);
