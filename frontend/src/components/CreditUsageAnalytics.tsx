/** What the credits went to, by time and by operation; the chart has a table with the same numbers. */
import { ChartColumn } from "lucide-react";
import { Suspense, lazy, useRef, useState } from "react";
import type { UsageAnalytics } from "../client";
import { useUsage } from "../hooks";
import { useAddress } from "./dashboard/address";
import { save, toCsv } from "./dashboard/csv";
import { Section } from "./Section";
import { Notice } from "./Notice";
import { Button, Skeleton } from "./ui";
import { useTexts } from "../texts";
import { browserZone } from "../format";
import { Breakdown } from "./usage/Breakdown";
import { Days } from "./usage/Days";
import { Kpis } from "./usage/Kpis";
import { Largest } from "./usage/Largest";
import { daysOf, isPreset, lengthOf, queryOf, readRange, stepOf, writeRange, type Breakdown as By, type Granularity, type UsageDays, type UsageRange } from "./usage/range";
import { folded, isRunning, rowsOf, together } from "./usage/series";
import { DaysForm, Ranges, ViewTools } from "./usage/Tools";

const UsageChart = lazy(() => import("./UsageChart"));
export type { By as UsageBreakdown, Granularity as UsageGranularity, UsageDays, UsageRange };

export interface CreditUsageAnalyticsProps {
  /** `today`, `7d`, `14d`, `30d`, `90d`, or days of the account: `{from, to}`, both included, at most 366. */
  range?: UsageRange;
  onRangeChange?: (range: UsageRange) => void;
  /** The steps at first: days, or weeks where there are more than 60. */
  granularity?: Granularity;
  /** What the table below is by at first; `total` for one series, which nobody splits. */
  groupBy?: By | "total";
  /** With as many days right before these, or alone. */
  compare?: "previous" | "none";
  /** Show the ten largest charges at once; they are read on demand otherwise. */
  largest?: boolean;
  /** Keep range, steps, grouping and view in the page's address. */
  urlState?: boolean;
  /** The first and the last day of what was pressed. */
  onBucketClick?: (from: string, to: string) => void;
}

/** A small window has room for two weeks; else a month is shown first. */
const firstRange = (): UsageRange => (typeof window !== "undefined" && window.innerWidth < 360 ? "14d" : "30d");
const GROUPS: readonly string[] = ["operation", "variant", "reference"] satisfies By[];

export default function CreditUsageAnalytics({ range: given, onRangeChange, granularity, groupBy = "operation", compare = "previous", largest = false, urlState = false, onBucketClick }: CreditUsageAnalyticsProps) {
  const { t, format } = useTexts();
  const [address, setAddress] = useAddress({ usage: "", usage_per: "", usage_by: "", usage_view: "" }, urlState);
  const [zone, setZone] = useState(browserZone);
  const [isChoosing, setChoosing] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const range = given ?? readRange(address.usage, zone) ?? firstRange();
  const days = daysOf(range, zone);
  const step = stepOf(address.usage_per || granularity, lengthOf(days));
  const compared = compare === "previous";
  const isSplit = groupBy !== "total";
  const by = (GROUPS.includes(address.usage_by) ? address.usage_by : isSplit ? groupBy : "operation") as By;
  const isTable = address.usage_view === "table";
  const result = useUsage(queryOf(days, step, compared));
  // The days are the account's: where its today is another than this browser's, that one is asked for.
  if (result.data && result.data.time_zone !== zone) setZone(result.data.time_zone);
  // A server that does not have the endpoint has no usage page either.
  if (result.problem?.code === "not_available") return null;

  const close = () => {
    setChoosing(false);
    place.current?.querySelector<HTMLElement>("[data-slot=custom-range]")?.focus();
  };
  const choose = (next: UsageRange) => {
    if (isChoosing) close();
    setAddress({ usage: next === firstRange() ? "" : writeRange(next) });
    onRangeChange?.(next);
  };
  const period = { from: format.date(days.from), to: format.date(days.to) };
  return (
    <div ref={place}>
      <Section
        slot="usage"
        title={t("usage.title")}
        aside={<Ranges range={range} isOpen={isChoosing} onChoose={choose} onOpen={() => (isChoosing ? close() : setChoosing(true))} />}
        below={isChoosing && <DaysForm shown={days} zone={zone} onChoose={choose} onClose={close} />}
        result={result}
        skeleton={<div className="pp-pad pp-stack"><Skeleton width="100%" height={86} /><Skeleton width="100%" height={260} /><Skeleton width="100%" height={160} /></div>}
        empty={
          isPreset(range) && lengthOf(days) >= 14
            ? <Notice icon={ChartColumn} tone="accent" title={t("usage.empty")} text={t("usage.emptyText")} />
            : <Notice icon={ChartColumn} title={t("usage.none")} text={t("usage.noneText", period)} />
        }
      >
        {(found) => {
          const usage = isSplit ? found : together(found);
          return (
            <>
              <Kpis usage={usage} />
              <ViewTools days={lengthOf(days)} step={step} isTable={isTable} onStep={(usage_per) => setAddress({ usage_per })} onTable={(next) => setAddress({ usage_view: next ? "table" : "" })} />
              <Shown usage={folded(usage)} isTable={isTable} onBucketClick={onBucketClick} />
              <Breakdown usage={usage} days={days} by={by} onBy={isSplit ? (usage_by) => setAddress({ usage_by: usage_by === groupBy ? "" : usage_by }) : null} compared={compared} />
              <Largest days={days} initiallyOpen={largest} />
            </>
          );
        }}
      </Section>
    </div>
  );
}

interface ShownProps {
  usage: UsageAnalytics;
  isTable: boolean;
  onBucketClick: CreditUsageAnalyticsProps["onBucketClick"];
}

function Shown({ usage, isTable, onBucketClick }: ShownProps) {
  const words = useTexts();
  const { t, format } = words;
  const last = usage.buckets.at(-1);
  const isOpen = last && isRunning(last, usage);
  const [from, to] = [usage.from, usage.to].map((day) => format.date(day.slice(0, 10)));
  const period = from === to ? t("usage.oneDay", { day: to ?? "" }) : t("usage.period", { from: from ?? "", to: to ?? "" });
  const zone = isOpen && usage.as_of ? t("usage.zoneToday", { zone: usage.time_zone, time: format.clockShort(usage.as_of) }) : t("usage.zone", { zone: usage.time_zone });
  return (
    <>
      {isTable ? <Days usage={usage} /> : (
        <Suspense fallback={<div className="pp-pad"><Skeleton width="100%" height={220} /></div>}>
          <UsageChart usage={usage} onBucketClick={onBucketClick} />
        </Suspense>
      )}
      <p className="pp-row pp-usage-foot pp-meta">
        <span>{period} {zone}</span>
        <Button tone="link" onClick={() => save("usage.csv", toCsv(rowsOf(usage, words)))}>{t("usage.export")}</Button>
      </p>
    </>
  );
}
