/** Every movement of credits: filters, search, and a drawer that explains each. */
import { ChevronRight, Download, Receipt, Search } from "lucide-react";
import { Suspense, lazy, useEffect, useMemo, useState } from "react";
import type { Entry, TransactionFilter } from "../../client";
import { usePrepaid } from "../../context";
import { daysBefore, startOf, todayIn } from "../../days";
import { useTransactions } from "../../hooks";
import { describe, iconOf, operationName, toneOf } from "../describe";
import { Section } from "../Section";
import { Notice } from "../Notice";
import { Button, Chip, Icon, Select, Skeleton } from "../ui";
import { downloadCsv } from "./csv";
import { isPreset, readRange, writeRange, type UsageDays } from "../usage/range";
import { useAddress } from "./address";
import { useFocusBack } from "./focus";
import { useTexts } from "../../texts";

const ExplainDrawer = lazy(() => import("./ExplainDrawer"));
const KINDS = ["usage", "capture", "purchase", "bonus", "grant", "adjustment", "refund", "dispute", "expiry", "hold", "release"] as const;
const OPERATIONS = ["vapi_call", "message", "file_upload", "workflow_execution"];
const RANGES = { "7d": 7, "30d": 30, "90d": 90, all: 0 } as const;
type Range = keyof typeof RANGES;

/** The days that an address names as `2026-11-03..2026-11-09`, as those of a bar of the chart; null for a range of the list. */
function daysIn(range: string, zone: string): UsageDays | null {
  const found = readRange(range, zone);
  return found && !isPreset(found) ? found : null;
}

/** The filter that the address names; a range begins with its first whole day in *zone*. */
function filterOf(kind: string, operation: string, range: string, zone: string): TransactionFilter {
  const chosen = daysIn(range, zone);
  const days = RANGES[range as Range] ?? RANGES["30d"];
  const from = chosen ? startOf(chosen.from, zone) : days ? startOf(daysBefore(todayIn(zone), days - 1), zone) : undefined;
  const to = chosen && startOf(daysBefore(chosen.to, -1), zone);
  return { ...(kind ? { kind } : {}), ...(operation ? { operation } : {}), ...(from ? { from: from.toISOString() } : {}), ...(to ? { to: to.toISOString() } : {}) };
}

interface TransactionsProps {
  urlState?: boolean;
  /** Days that somebody asked to see, as by pressing a bar of the chart. */
  days?: UsageDays | undefined;
}

export function Transactions({ urlState = true, days }: TransactionsProps) {
  const context = useTexts();
  const { t, format, client } = context;
  const [address, setAddress] = useAddress({ kind: "", operation: "", time: "30d", q: "", entry: "" }, urlState);
  const filter = useMemo(() => filterOf(address.kind, address.operation, address.time, format.timeZone), [address.kind, address.operation, address.time, format.timeZone]);
  const result = useTransactions(filter);
  useEffect(() => {
    if (days) setAddress({ time: writeRange(days) });
  }, [days, setAddress]);
  useFocusBack(address.entry, "entry");
  const [isExporting, setExporting] = useState(false);
  const wanted = address.q.trim().toLocaleLowerCase(format.locale);
  const fits = (entry: Entry) =>
    !wanted || `${describe(entry, context)} ${entry.reference ?? ""} ${entry.reason ?? ""}`.toLocaleLowerCase(format.locale).includes(wanted);
  const shown = (result.data ?? []).filter(fits);
  const filters = [address.kind, address.operation, address.q, address.time === "30d" ? "" : address.time].filter(Boolean).length;

  async function exportCsv() {
    setExporting(true);
    try {
      await downloadCsv(client, filter, fits, context);
    } finally {
      setExporting(false);
    }
  }

  const asked = daysIn(address.time, format.timeZone);
  const chosen = asked && [asked.from, asked.to].filter((day, place, all) => all.indexOf(day) === place).map(format.date).join(" – ");

  const nothing = filters ? (
    <Notice icon={Search} title={t("transactions.noMatch")} text={t("transactions.noMatchText", { n: filters })}>
      <Button size="small" onClick={() => setAddress({ kind: "", operation: "", time: "30d", q: "" })}>{t("transactions.clear")}</Button>
    </Notice>
  ) : (
    <Notice icon={Receipt} tone="accent" title={t("transactions.empty")} text={t("transactions.emptyText")} />
  );

  return (
    <>
      <Section
        slot="transactions"
        title={t("transactions.title")}
        aside={
          <Button tone="link" busy={isExporting} onClick={() => void exportCsv()}>
            <Icon of={Download} size={15} /> {t(isExporting ? "transactions.exporting" : "transactions.export")}
          </Button>
        }
        result={result.status === "empty" ? { ...result, status: "ready" } : result}
        skeleton={<div className="pp-pad pp-stack">{[1, 2, 3, 4, 5, 6].map((each) => <Skeleton key={each} width="100%" height={26} />)}</div>}
      >
        {() => (
          <>
            <div className="pp-toolbar">
              <label className="pp-search">
                <Icon of={Search} />
                <input type="search" placeholder={t("transactions.search")} aria-label={t("transactions.search")} value={address.q} onChange={(event) => setAddress({ q: event.target.value })} />
              </label>
              <Select label={t("transactions.type")} value={address.kind} onChange={(kind) => setAddress({ kind })} options={[["", t("transactions.all")], ...KINDS.map((kind): [string, string] => [kind, kind === "capture" ? `${t("kind.capture")} (${t("kind.hold")})` : t(`kind.${kind}`)])]} />
              <Select label={t("transactions.operation")} value={address.operation} onChange={(operation) => setAddress({ operation })} options={[["", t("transactions.all")], ...OPERATIONS.map((name): [string, string] => [name, operationName(name, context)])]} />
              <Select label={t("transactions.range")} value={address.time} onChange={(time) => setAddress({ time })} options={[...(chosen ? [[address.time, chosen] as const] : []), ...(Object.keys(RANGES) as Range[]).map((each) => [each, t(`range.${each}`)] as const)]} />
            </div>
            {shown.length ? <Rows entries={shown} onOpen={(entry) => setAddress({ entry })} /> : nothing}
            <footer className="pp-card-foot">
              <span>{t("transactions.shown", { n: shown.length })} · {t("transactions.zone", { zone: format.timeZone })}</span>
              {result.hasMore && <Button size="small" busy={result.isLoadingMore} onClick={result.loadMore}>{t("transactions.more")}</Button>}
            </footer>
          </>
        )}
      </Section>
      {address.entry && (
        <Suspense fallback={null}>
          <ExplainDrawer entryId={address.entry} entries={shown} onChange={(entry) => setAddress({ entry: entry ?? "" })} />
        </Suspense>
      )}
    </>
  );
}

function Rows({ entries, onOpen }: { entries: Entry[]; onOpen: (entryId: string) => void }) {
  const context = useTexts();
  const { t, format } = context;
  return (
    <table className="pp-table pp-transactions">
      <thead>
        <tr>
          <th scope="col" data-wide="">{t("transactions.time")}</th>
          <th scope="col">{t("transactions.what")}</th>
          <th scope="col" data-wide="">{t("transactions.type")}</th>
          <th scope="col" data-number="">{t("transactions.credits")}</th>
          <th scope="col" data-number="" data-wide="">{t("transactions.balance")}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.entry_id} data-slot="transaction" data-kind={entry.kind}>
            <td data-wide="">{format.moment(entry.posted_at)}</td>
            <td>
              <button type="button" className="pp-row-link" data-entry={entry.entry_id} onClick={() => onOpen(entry.entry_id)}>
                <Icon of={iconOf(entry)} />
                <span>{describe(entry, context)}</span>
              </button>
              <small data-narrow="">{format.moment(entry.posted_at)} · {t(`kind.${entry.kind}`)}</small>
            </td>
            <td data-wide=""><Chip tone={toneOf(entry.kind)}>{t(`kind.${entry.kind}`)}</Chip></td>
            <td data-number="">
              <Amount amount={entry.amount} />
              <small data-narrow="">{format.credits(entry.balance_after)}</small>
            </td>
            <td data-number="" data-wide="">{format.credits(entry.balance_after)}<Icon of={ChevronRight} size={14} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Amount({ amount }: { amount: string }) {
  const { format } = usePrepaid();
  const isZero = /^-?0+\.0+$/.test(amount);
  return <b className="pp-amount" data-sign={isZero ? "zero" : amount.startsWith("-") ? "out" : "in"}>{format.change(amount)}</b>;
}
