/** What a header pays for: the compact balance alone, from the package's own entry. */
export { createPrepaid, CreditBalance, PrepaidProvider } from "../src";
