/** The purchase's state machine in React. */
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { PurchaseFlow, type Pay, type PurchaseState, type ReturnStatus } from "../client";
import { usePrepaid } from "../context";
import { browserStorage } from "../storage";

export interface PurchaseControls {
  state: PurchaseState;
  start: (packageId: string) => Promise<{ ok: boolean }>;
  confirm: (pay: Pay) => Promise<{ ok: boolean }>;
  open: (returned?: ReturnStatus | null) => Promise<void>;
  back: () => void;
  startAgain: () => void;
}

/** One purchase at a time; it goes on from where a reload left it. */
export function usePurchase(): PurchaseControls {
  const { client, queryClient, emit } = usePrepaid();
  const flow = useMemo(() => new PurchaseFlow(client, { storage: browserStorage() }), [client]);
  const state = useSyncExternalStore(flow.subscribe, flow.getState, flow.getState);
  useEffect(() => () => flow.dispose(), [flow]);
  useEffect(() => {
    if (state.status === "credited") {
      emit({ name: "purchase_credited", paymentId: state.purchase.payment_id });
      void queryClient.invalidateQueries({ queryKey: ["prepaid"] });
    }
    if (state.status === "waiting_for_credit" && !state.late) emit({ name: "purchase_pending", paymentId: state.purchase.payment_id });
    if (state.status === "declined") emit({ name: "purchase_declined", reason: state.reason });
    if (state.status === "failed") emit({ name: "purchase_failed", code: state.problem.code });
  }, [state, emit, queryClient]);
  return useMemo(
    () => ({
      state,
      start: async (packageId) => {
        await flow.start(packageId);
        return { ok: flow.getState().status === "ready" };
      },
      confirm: async (pay) => {
        await flow.confirm(pay);
        return { ok: flow.getState().status === "waiting_for_credit" };
      },
      open: (returned) => flow.open(returned),
      back: () => flow.back(),
      startAgain: () => flow.startAgain(),
    }),
    [flow, state],
  );
}
