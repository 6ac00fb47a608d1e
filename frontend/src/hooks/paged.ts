/** A list that is read page by page, the first again and again. */
import { useInfiniteQuery, type QueryKey } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Page } from "../client";
import { usePrepaid } from "../context";
import { problemOfError, statusOf, type Result } from "./result";

export interface Paged<Item> extends Result<Item[]> {
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
}

interface Reading<Item> {
  key: QueryKey;
  read: (page: { cursor?: string }, signal: AbortSignal) => Promise<Page<Item>>;
  every: number;
}

export function usePages<Item>({ key, read, every }: Reading<Item>): Paged<Item> {
  const { queryClient } = usePrepaid();
  const query = useInfiniteQuery(
    {
      queryKey: ["prepaid", ...key],
      queryFn: ({ pageParam, signal }) => read(pageParam ? { cursor: pageParam } : {}, signal),
      initialPageParam: "",
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      networkMode: "always",
      retry: (count, error) => count < 2 && problemOfError(error).status >= 500,
      refetchInterval: every,
    },
    queryClient,
  );
  const data = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const problem = query.error ? problemOfError(query.error) : undefined;
  return {
    status: statusOf(data, problem, (items) => !items.length),
    data,
    problem,
    isStale: data !== undefined && (query.isRefetching || problem !== undefined),
    asOf: data && new Date(query.dataUpdatedAt).toISOString(),
    refetch: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
