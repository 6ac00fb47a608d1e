/** One shape for everything that is read: a view is a function of its `status`. */
import { keepPreviousData, useQuery, type QueryKey } from "@tanstack/react-query";
import { PrepaidError, type Problem } from "../client";
import { usePrepaid } from "../context";

export type Status = "loading" | "ready" | "empty" | "offline" | "denied" | "failed";

export interface Result<Data> {
  status: Status;
  /** The last known value; kept while refetching, offline and after a failure. */
  data: Data | undefined;
  problem: Problem | undefined;
  /** *data* is being asked for again, or could not be. */
  isStale: boolean;
  /** When *data* was true. */
  asOf: string | undefined;
  refetch: () => void;
}

interface Reading<Data> {
  key: QueryKey;
  read: (signal: AbortSignal) => Promise<Data>;
  isEmpty?: (data: Data) => boolean;
  asOf?: (data: Data) => string;
  every?: number;
  enabled?: boolean;
  /** What was read under another key stays until this one is answered. */
  stays?: boolean;
}

export function useReading<Data>({ key, read, isEmpty, asOf, every, enabled = true, stays = false }: Reading<Data>): Result<Data> {
  const { queryClient } = usePrepaid();
  const query = useQuery<Data, Error>(
    {
      queryKey: ["prepaid", ...key],
      queryFn: ({ signal }) => read(signal),
      networkMode: "always",
      retry: (count, error) => count < 2 && problemOfError(error).status >= 500,
      retryDelay: 700,
      staleTime: 2_000,
      enabled,
      ...(every ? { refetchInterval: every } : {}),
      ...(stays ? { placeholderData: keepPreviousData } : {}),
    },
    queryClient,
  );
  const problem = query.error ? problemOfError(query.error) : undefined;
  return {
    status: statusOf(query.data, problem, isEmpty),
    data: query.data,
    problem,
    isStale: query.data !== undefined && (query.isRefetching || query.isPlaceholderData || problem !== undefined),
    asOf: query.data === undefined ? undefined : (asOf?.(query.data) ?? new Date(query.dataUpdatedAt).toISOString()),
    refetch: () => void query.refetch(),
  };
}

export function statusOf<Data>(data: Data | undefined, problem: Problem | undefined, isEmpty?: (data: Data) => boolean): Status {
  if (problem?.code === "offline") return "offline";
  if (problem && (problem.status === 401 || problem.status === 403)) return "denied";
  if (data !== undefined) return isEmpty?.(data) ? "empty" : "ready";
  return problem ? "failed" : "loading";
}

/** The problem of a declared refusal; anything else is a defect and is shown as unreadable. */
export const problemOfError = (error: Error): Problem =>
  error instanceof PrepaidError ? error.problem : { code: "unreadable", status: 0, title: "", detail: error.message };
