/** What the credits went to, by day and by operation; the chart has a table with the same numbers. */
import { ChartColumn, Table2 } from "lucide-react";
import { Suspense, lazy, useState } from "react";
import { negate, percent, add, toUnits, type UsageAnalytics } from "../client";
import { useUsage } from "../hooks";
import { operationName, quantityText } from "./describe";
import { save, toCsv } from "./dashboard/csv";
import { Section } from "./Section";
import { Notice } from "./Notice";
import { Button, Icon, Skeleton } from "./ui";
import { useTexts } from "../texts";
import { browserZone } from "../format";
import { folded, namesOf, queryOf, RANGES, rowsOf, together, type UsageRange } from "./usage";

const UsageChart = lazy(() => import("./UsageChart"));
export type { UsageRange };

export interface CreditUsageAnalyticsProps {
  range?: UsageRange;
  onRangeChange?: (range: UsageRange) => void;
  /** One series for each operation, or one for all of them together. */
  groupBy?: "operation" | "total";
  /** With as many days right before these, or alone. */
  compare?: "previous" | "none";
  /** The first and the last day of what was pressed. */
  onBucketClick?: (from: string, to: string) => void;
}

/** A small window has room for two weeks; else a month is shown first. */
const firstRange = (): UsageRange => (typeof window !== "undefined" && window.innerWidth < 360 ? "14d" : "30d");

export default function CreditUsageAnalytics({ range: given, onRangeChange, groupBy = "operation", compare = "previous", onBucketClick }: CreditUsageAnalyticsProps) {
  const { t } = useTexts();
  const [own, setOwn] = useState<UsageRange>(firstRange);
  const [isTable, setTable] = useState(false);
  const range = given ?? own;
  const [zone, setZone] = useState(browserZone);
  const result = useUsage(queryOf(range, zone, compare === "previous"));
  // The days are the account's: where its today is another than this browser's, that one is asked for.
  if (result.data && result.data.time_zone !== zone) setZone(result.data.time_zone);
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

interface ShownProps {
  usage: UsageAnalytics;
  isTable: boolean;
  onBucketClick: CreditUsageAnalyticsProps["onBucketClick"];
}

function Shown({ usage, isTable, onBucketClick }: ShownProps) {
  const context = useTexts();
  const { t, format } = context;
  const names = namesOf(usage);
  const series = folded(usage);
  const today = usage.buckets.at(-1)?.partial;
  return (
    <>
      <p className="pp-row pp-usage-total">
        <span className="pp-kpi">{format.credits(usage.totals.credits)} <small>{t("usage.used")}</small></span>
        <span className="pp-sentence">{changeText(usage, t)}</span>
      </p>
      {isTable ? <Days usage={series} /> : (
        <Suspense fallback={<div className="pp-pad"><Skeleton width="100%" height={220} /></div>}>
          <UsageChart usage={series} onBucketClick={onBucketClick} />
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
        <Button tone="link" onClick={() => save("usage.csv", toCsv(rowsOf(series, context)))}>{t("usage.export")}</Button>
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

function Days({ usage }: { usage: UsageAnalytics }) {
  const context = useTexts();
  const [head = [], ...rows] = rowsOf(usage, context);
  return (
    <div className="pp-scroll" tabIndex={0} role="group" aria-label={context.t("usage.table")}>
      <table className="pp-table" data-slot="usage-table">
        <thead><tr>{head.map((each, place) => <th key={each} scope="col" data-number={place ? "" : undefined}>{each}</th>)}</tr></thead>
        <tbody>
          {rows.reverse().map(([day = "", ...amounts]) => (
            <tr key={day}>
              <td>{context.format.date(day)}</td>
              {amounts.map((each, place) => <td key={head[place + 1]} data-number="">{context.format.credits(each)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
