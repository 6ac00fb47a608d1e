/** What every component shares: the client, texts, formats, the look, and where news go. */
import { QueryClient, useQuery } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ComponentType, type ReactNode } from "react";
import type { Prepaid } from "./client";
import type { PaymentFormProps } from "./components/purchase/form";
import { browserZone, createFormat, type Format } from "./format";
import { core } from "./messages/core";
import type { Messages } from "./messages/en";
import { createTranslate, type TranslateCore } from "./messages/translate";
import { checkContrast, withDerived } from "./theme";

export interface ReplaceableComponents {
  /** Takes the attributes of a button, and `data-tone`: primary, secondary or quiet. */
  Button?: ComponentType<React.ButtonHTMLAttributes<HTMLButtonElement>>;
  /** Takes the attributes of an anchor. */
  Link?: ComponentType<React.AnchorHTMLAttributes<HTMLAnchorElement>>;
}

export interface Appearance {
  theme?: "light" | "dark" | "system";
  /** Values of the public variables, without `--prepaid-`; the soft tones of `accent`, `ok`, `warn` and `bad` follow them. */
  variables?: Record<string, string>;
}

export type PrepaidEvent =
  | { name: "purchase_opened" | "purchase_closed" }
  | { name: "purchase_credited" | "purchase_pending"; paymentId: string }
  | { name: "purchase_declined"; reason: string }
  | { name: "purchase_failed"; code: string };

export interface PrepaidProviderProps {
  client: Prepaid;
  locale?: string;
  /** An IANA zone, or `account` for the one of the account's settings; the browser's by default. It is named wherever times are shown. */
  timeZone?: string;
  appearance?: Appearance;
  messages?: Partial<Messages>;
  queryClient?: QueryClient;
  components?: ReplaceableComponents;
  /** The card form of the offline stack, for its key `pk_test_local`; leave it out of production bundles. */
  localPayment?: ComponentType<PaymentFormProps>;
  onEvent?: (event: PrepaidEvent) => void;
  children?: ReactNode;
}

export interface PrepaidContext {
  client: Prepaid;
  queryClient: QueryClient;
  /** The few texts that are there from the start; `useTexts` has all. */
  t: TranslateCore;
  ownMessages: Partial<Messages> | undefined;
  format: Format;
  components: ReplaceableComponents;
  localPayment: ComponentType<PaymentFormProps> | undefined;
  appearance: Appearance;
  isDark: boolean;
  rootProps: { "data-prepaid": ""; "data-theme": string; lang: string; style: React.CSSProperties };
  emit: (event: PrepaidEvent) => void;
}

const Context = createContext<PrepaidContext | null>(null);
const NOTHING = {};

export function PrepaidProvider({
  client,
  locale = "en-GB",
  timeZone,
  appearance = NOTHING,
  messages,
  queryClient,
  components = NOTHING,
  localPayment,
  onEvent,
  children,
}: PrepaidProviderProps) {
  const [own] = useState(() => queryClient ?? new QueryClient());
  const zone = useZone(timeZone, client, queryClient ?? own);
  const isDark = useIsDark(appearance.theme ?? "system");
  const listener = useRef(onEvent);
  useEffect(() => {
    listener.current = onEvent;
  }, [onEvent]);
  const emit = useCallback((event: PrepaidEvent) => listener.current?.(event), []);
  const value = useMemo<PrepaidContext>(() => {
    const variables = Object.entries(withDerived(appearance.variables ?? {})).map(([name, each]) => [`--prepaid-${name}`, each]);
    const theme = isDark ? "dark" : "light";
    return {
      client,
      queryClient: queryClient ?? own,
      t: createTranslate<keyof typeof core>({ ...core, ...messages }, locale),
      ownMessages: messages,
      format: createFormat(locale, zone),
      components,
      appearance,
      isDark,
      rootProps: { "data-prepaid": "", "data-theme": theme, lang: locale, style: Object.fromEntries(variables) },
      localPayment,
      emit,
    };
  }, [client, queryClient, own, locale, zone, messages, components, localPayment, appearance, isDark, emit]);
  useEffect(() => {
    if (import.meta.env?.DEV) checkContrast(appearance.variables ?? {});
  }, [appearance]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** Throws where no PrepaidProvider is above. */
export function usePrepaid(): PrepaidContext {
  const context = useContext(Context);
  if (!context) throw new Error("Prepaid: put <PrepaidProvider client={…}> above this component.");
  return context;
}

/** The zone to show times in; the browser's until the account's is known, and where it cannot be had. */
function useZone(wanted: string | undefined, client: Prepaid, queryClient: QueryClient): string {
  const { data } = useQuery(
    {
      queryKey: ["prepaid", "settings"],
      queryFn: ({ signal }) => client.settings(signal),
      enabled: wanted === "account",
      networkMode: "always",
      retry: 1,
      staleTime: 300_000,
      select: (settings) => settings.time_zone,
    },
    queryClient,
  );
  return (wanted === "account" ? data : wanted) ?? browserZone();
}

function useIsDark(theme: "light" | "dark" | "system"): boolean {
  const [isSystemDark, setSystemDark] = useState(() => systemDark()?.matches ?? false);
  useEffect(() => {
    const query = systemDark();
    const changed = () => setSystemDark(query?.matches ?? false);
    query?.addEventListener("change", changed);
    return () => query?.removeEventListener("change", changed);
  }, []);
  return theme === "system" ? isSystemDark : theme === "dark";
}

const systemDark = () =>
  typeof window === "undefined" || !window.matchMedia ? undefined : window.matchMedia("(prefers-color-scheme: dark)");
