/** What the credits went to, by day and by operation; the chart has a table with the same numbers. */
import { ChartColumn, Table2 } from "lucide-react";
import { Suspense, lazy, useState } from "react";
import { compare as compareAmounts, negate, percent, add, toUnits, type UsageAnalytics } from "../client";
import { useUsage } from "../hooks";
import { operationName, quantityText } from "./describe";
import { save, toCsv } from "./dashboard/csv";
import { Section } from "./Section";
import { Notice } from "./Notice";
import { Button, Icon, Skeleton } from "./ui";
import { useTexts } from "../texts";

const UsageChart = lazy(() => import("./UsageChart"));
const RANGES = { "7d": 7, "14d": 14, "30d": 30, "90d": 90 } as const;
export type UsageRange = keyof typeof RANGES;

export interface CreditUsageAnalyticsProps {
  range?: UsageRange;
  onRangeChange?: (range: UsageRange) => void;
  /** One series for each operation, or one for all of them together. */
  groupBy?: "operation" | "total";
  /** With as many days right before these, or alone. */
  compare?: "previous" | "none";
  onBucketClick?: (day: string) => void;
}

/** A small window has room for two weeks; else a month is shown first. */
const firstRange = (): UsageRange => (typeof window !== "undefined" && window.innerWidth < 360 ? "14d" : "30d");
const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

export default function CreditUsageAnalytics({ range: given, onRangeChange, groupBy = "operation", compare = "previous", onBucketClick }: CreditUsageAnalyticsProps) {
  const { t } = useTexts();
  const [own, setOwn] = useState<UsageRange>(firstRange);
  const [isTable, setTable] = useState(false);
  const range = given ?? own;
  const result = useUsage({ from: dayBefore(RANGES[range] - 1), to: dayBefore(0), group_by: "day", ...(compare === "previous" ? { compare } : {}) });
  // A server that does not have the endpoint has no usage page either.
  if (result.problem?.code === "not_available") return null;
  const choose = (next: UsageRange) => {
    setOwn(next);
    onRangeChange?.(next);
  };
  return (
    <Section
      slot="usage"
      title={t("usage.title")}
      aside={
        <span className="pp-row pp-usage-tools">
          <span className="pp-segments" role="group" aria-label={t("usage.range")}>
            {(Object.keys(RANGES) as UsageRange[]).filter((each) => each !== "14d" || range === "14d").map((each) => (
              <button key={each} type="button" aria-pressed={each === range} onClick={() => choose(each)}>{t(`usage.range${each}`)}</button>
            ))}
          </span>
          <span className="pp-segments" role="group" aria-label={t("usage.view")}>
            <button type="button" aria-pressed={!isTable} aria-label={t("usage.chart")} onClick={() => setTable(false)}><Icon of={ChartColumn} size={15} /></button>
            <button type="button" aria-pressed={isTable} aria-label={t("usage.table")} onClick={() => setTable(true)}><Icon of={Table2} size={15} /></button>
          </span>
        </span>
      }
      result={result}
      skeleton={<div className="pp-pad"><Skeleton width="100%" height={240} /></div>}
      empty={<Notice icon={ChartColumn} tone="accent" title={t("usage.empty")} text={t("usage.emptyText")} />}
    >
      {(usage) => <Shown usage={groupBy === "total" ? together(usage) : usage} isTable={isTable} onBucketClick={onBucketClick} />}
    </Section>
  );
}

/** The same numbers as one series. */
function together(usage: UsageAnalytics): UsageAnalytics {
  const { units, credits, count } = usage.totals;
  return { ...usage, operations: { total: { units, credits, count } }, buckets: usage.buckets.map((each) => ({ ...each, operations: { total: each } })) };
}

interface ShownProps {
  usage: UsageAnalytics;
  isTable: boolean;
  onBucketClick: ((day: string) => void) | undefined;
}

function Shown({ usage, isTable, onBucketClick }: ShownProps) {
  const context = useTexts();
  const { t, format } = context;
  const names = Object.keys(usage.operations ?? {}).sort((one, other) => compareAmounts(usage.operations?.[other]?.credits ?? "0", usage.operations?.[one]?.credits ?? "0"));
  const today = usage.buckets.find((each) => each.partial);
  return (
    <>
      <p className="pp-row pp-usage-total">
        <span className="pp-kpi">{format.credits(usage.totals.credits)} <small>{t("usage.used")}</small></span>
        <span className="pp-sentence">{changeText(usage, t)}</span>
      </p>
      {isTable ? <Days usage={usage} names={names} /> : (
        <Suspense fallback={<div className="pp-pad"><Skeleton width="100%" height={220} /></div>}>
          <UsageChart usage={usage} names={names} onBucketClick={onBucketClick} />
        </Suspense>
      )}
      <table className="pp-table">
        <thead>
          <tr><th scope="col">{t("usage.operation")}</th><th scope="col" data-number="" data-wide="">{t("usage.units")}</th><th scope="col" data-number="">{t("usage.credits")}</th><th scope="col" data-number="">{t("usage.share")}</th></tr>
        </thead>
        <tbody>
          {names.map((name, place) => {
            const sum = usage.operations?.[name];
            const units = Object.entries(sum?.units ?? {}).filter(([unit]) => unit !== "call").map(([unit, count]) => (unit === "minute" ? t("unit.minute", { n: format.quantity(count) }) : quantityText(unit, count, context)));
            return (
              <tr key={name}>
                <td><span className="pp-swatch" data-series={Math.min(place, 4) + 1} />{operationName(name, context)}</td>
                <td data-number="" data-wide="">{units.join(", ")}</td>
                <td data-number="">{format.credits(sum?.credits ?? "0.00")}</td>
                <td data-number="">{percent(sum?.credits ?? "0.00", usage.totals.credits, 0) ?? "–"}%</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <footer className="pp-card-foot">
        <span>{today && usage.as_of ? t("usage.zoneToday", { zone: usage.time_zone, time: format.clockShort(usage.as_of) }) : t("usage.zone", { zone: usage.time_zone })}</span>
        <Button tone="link" onClick={() => save("usage.csv", toCsv(rowsOf(usage, names, context)))}>{t("usage.export")}</Button>
      </footer>
    </>
  );
}

function changeText(usage: UsageAnalytics, t: ReturnType<typeof useTexts>["t"]): string | null {
  const before = usage.previous?.totals.credits;
  if (!before) return null;
  const change = percent(add(usage.totals.credits, negate(before)), before);
  if (change === null) return null;
  if (toUnits(change, 1) === 0n) return t("usage.same");
  return t(change.startsWith("-") ? "usage.less" : "usage.more", { percent: change.replace("-", "") });
}

/** The table's, the chart's and the CSV's numbers. */
export function rowsOf(usage: UsageAnalytics, names: string[], context: ReturnType<typeof useTexts>): string[][] {
  const { t } = context;
  const head = [`${t("usage.day")} (${usage.time_zone})`, ...names.map((name) => operationName(name, context)), t("usage.credits")];
  const rows = usage.buckets.map((each) => [each.key ?? "", ...names.map((name) => each.operations?.[name]?.credits ?? "0.00"), each.credits]);
  return [head, ...rows];
}

function Days({ usage, names }: { usage: UsageAnalytics; names: string[] }) {
  const context = useTexts();
  const [head = [], ...rows] = rowsOf(usage, names, context);
  return (
    <div className="pp-scroll" tabIndex={0} role="group" aria-label={context.t("usage.table")}>
      <table className="pp-table" data-slot="usage-table">
        <thead><tr>{head.map((each, place) => <th key={each} scope="col" data-number={place ? "" : undefined}>{each}</th>)}</tr></thead>
        <tbody>
          {rows.reverse().map(([day = "", ...amounts]) => (
            <tr key={day}>
              <td>{context.format.day(`${day}T12:00:00Z`)}</td>
              {amounts.map((each, place) => <td key={head[place + 1]} data-number="">{context.format.credits(each)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
