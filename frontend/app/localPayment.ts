/** The offline card form, left out of a production build: the condition is a constant there. */
import { lazy } from "react";

export const localPayment = import.meta.env.VITE_LOCAL ? lazy(() => import("../src/local").then((each) => ({ default: each.LocalCardForm }))) : undefined;
