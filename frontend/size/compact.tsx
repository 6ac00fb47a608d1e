/** What a header pays for: the compact balance alone. */
export { createPrepaid } from "../src/client/client";
export { CreditBalance } from "../src/components/CreditBalance";
export { PrepaidProvider } from "../src/context";
