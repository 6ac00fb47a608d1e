/** What the account was warned of, and noting that somebody has seen it. */
import { useMutation } from "@tanstack/react-query";
import { type Alert, type Problem } from "../client";
import { usePrepaid } from "../context";
import { usePages, type Paged } from "./paged";
import { problemOfError } from "./result";

const POLL_MS = 30_000;
const KEY = ["alerts"];

export type Acknowledged = { ok: true; alert: Alert } | { ok: false; problem: Problem };

export interface Alerts extends Paged<Alert> {
  /** Note that an alert was seen; a low balance is not announced again then. Never throws a declared problem. */
  acknowledge: (alertId: string) => Promise<Acknowledged>;
  /** The alert that is being acknowledged. */
  acknowledging: string | undefined;
}

/** The account's alerts, the latest first. */
export function useAlerts(): Alerts {
  const { client, queryClient } = usePrepaid();
  const list = usePages({ key: KEY, read: (page, signal) => client.alerts({ limit: 5, ...page }, signal), every: POLL_MS });
  const noting = useMutation<Alert, Error, string>(
    {
      mutationFn: (alertId) => client.acknowledgeAlert(alertId),
      networkMode: "always",
      onSuccess: () => queryClient.invalidateQueries({ queryKey: ["prepaid", ...KEY] }),
    },
    queryClient,
  );
  return {
    ...list,
    acknowledging: noting.isPending ? noting.variables : undefined,
    acknowledge: (alertId) =>
      noting.mutateAsync(alertId).then(
        (alert): Acknowledged => ({ ok: true, alert }),
        (error: Error): Acknowledged => ({ ok: false, problem: problemOfError(error) }),
      ),
  };
}
