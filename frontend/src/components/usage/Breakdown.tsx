/** The same usage by operation, by variant of the price, or by the host's own reference. */
import { Download } from "lucide-react";
import { add, formatPercent, percent, toUnits, type UsageAnalytics, type UsageBucket, type UsageSum } from "../../client";
import { useUsage } from "../../hooks";
import { save, toCsv } from "../dashboard/csv";
import { operationName, quantityText, type Words } from "../describe";
import { Button, Icon, Select } from "../ui";
import { useTexts } from "../../texts";
import { changeOf } from "./Kpis";
import { Pending } from "./Pending";
import { queryOf, type Breakdown as By, type UsageDays } from "./range";
import { namesOf } from "./series";

interface Row {
  key: string;
  name: string;
  sum: UsageSum;
  before: string | undefined;
  /** Its colour in the chart. */
  series?: number;
}

const WITHOUT = "";

/** The operations of whole days, with what each cost in the days before. */
function byOperation(usage: UsageAnalytics, words: Words): Row[] {
  const before = usage.previous?.buckets.reduce<Record<string, string>>(
    (all, { operations = {} }) => Object.entries(operations).reduce((sums, [name, each]) => ({ ...sums, [name]: add(sums[name] ?? "0.00", each.credits) }), all),
    {},
  );
  return namesOf(usage).map((name, place) => ({
    key: name,
    name: operationName(name, words),
    sum: usage.operations?.[name] ?? { units: {}, credits: "0.00", count: 0 },
    before: before && (before[name] ?? "0.00"),
    series: Math.min(place, 4) + 1,
  }));
}

function byKey(usage: UsageAnalytics, by: By, { t }: Words): Row[] {
  const name = (key: string | null) => (by === "variant" ? (key === "*" ? t("usage.noVariant") : (key ?? "")) : (key ?? t("usage.noReference")));
  // What is not among a hundred expensive ones is not named, so before is only known of those that were named then.
  const before = (key: string | null) => usage.previous?.buckets.find((each) => each.key === key)?.credits ?? (usage.previous && !usage.previous.other ? "0.00" : undefined);
  const row = (each: UsageBucket): Row => ({ key: each.key ?? WITHOUT, name: name(each.key), sum: each, before: before(each.key) });
  const other = usage.other ? [{ ...row(usage.other), key: "\n", name: t("usage.otherReferences"), before: usage.previous?.other?.credits }] : [];
  return [...usage.buckets.map(row), ...other];
}

const unitsOf = (sum: UsageSum, words: Words): string =>
  Object.entries(sum.units)
    .filter(([unit]) => unit !== "call")
    .map(([unit, count]) => (unit === "minute" ? words.t("unit.minute", { n: words.format.quantity(count) }) : quantityText(unit, count, words)))
    .join(", ");

interface BreakdownProps {
  usage: UsageAnalytics;
  days: UsageDays;
  by: By;
  /** Null where the series are not to be told apart. */
  onBy: ((by: By) => void) | null;
  compared: boolean;
}

export function Breakdown({ usage, days, by, onBy, compared }: BreakdownProps) {
  const words = useTexts();
  const { t } = words;
  const isOther = by !== "operation";
  const read = useUsage(queryOf(days, by, compared), { enabled: isOther, watch: false });
  const answer = read.data?.group_by === by ? read.data : undefined;
  const rows = isOther ? (answer ? byKey(answer, by, words) : null) : byOperation(usage, words);
  const options = (["operation", "variant", "reference"] as const).map((each) => [each, t(`usage.by.${each}`)] as const);
  return (
    <section className="pp-part" data-slot="breakdown" data-by={by}>
      <div className="pp-row pp-part-head">
        {onBy ? <Select label={t("usage.groupBy")} value={by} options={options} onChange={onBy} /> : <span />}
        {rows && rows.length > 0 && onBy && (
          <Button tone="link" aria-label={`${t("usage.export")}: ${t(`usage.by.${by}`)}`} onClick={() => save(`usage-by-${by}.csv`, toCsv(textsOf(rows, by, usage, words)))}><Icon of={Download} size={15} /> {t("usage.export")}</Button>
        )}
      </div>
      {rows ? <Rows rows={rows} by={by} total={usage.totals.credits} compared={compared} /> : <Pending read={read} title={t(`usage.by.${by}`)} height={120} />}
      {answer?.complete === false && <p className="pp-pad pp-meta" data-slot="incomplete">{t("usage.incomplete")}</p>}
    </section>
  );
}

const HEADS = ["usage.events", "usage.units", "usage.credits", "usage.share", "usage.before", "usage.change"] as const;

/** The table as texts: the same rows and numbers, with ASCII signs. */
function textsOf(rows: Row[], by: By, usage: UsageAnalytics, words: Words): string[][] {
  const { t } = words;
  const shown = ({ sum, before }: Row) => [String(sum.count), unitsOf(sum, words), sum.credits, percent(sum.credits, usage.totals.credits) ?? "", before ?? "", changeOf(sum.credits, before) ?? ""];
  return [[t(`usage.by.${by}`), ...HEADS.map((each) => t(each))], ...rows.map((row) => [row.name, ...shown(row)])];
}

function Rows({ rows, by, total, compared }: { rows: Row[]; by: By; total: string; compared: boolean }) {
  const words = useTexts();
  const { t, format } = words;
  const percentText = (part: string | null, signed = false) => (part === null ? "–" : t("usage.percent", { percent: formatPercent(part, format.locale, signed) }));
  const changeText = ({ sum, before }: Row) => {
    if (before === undefined) return "–";
    const change = changeOf(sum.credits, before);
    return change === null ? (toUnits(sum.credits) === 0n ? "–" : t("usage.new")) : percentText(change, true);
  };
  return (
    <div className="pp-scroll" tabIndex={rows.length > 8 ? 0 : undefined} role={rows.length > 8 ? "group" : undefined} aria-label={rows.length > 8 ? t(`usage.by.${by}`) : undefined}>
      <table className="pp-table pp-breakdown">
        <thead>
          <tr>
            <th scope="col">{t(`usage.by.${by}`)}</th>
            <th scope="col" data-number="" data-wide="">{t("usage.events")}</th>
            <th scope="col" data-number="" data-wide="">{t("usage.units")}</th>
            <th scope="col" data-number="">{t("usage.credits")}</th>
            <th scope="col" data-number="" data-wide={compared ? "" : undefined}>{t("usage.share")}</th>
            {compared && <th scope="col" data-number="">{t("usage.change")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>{row.series && <span className="pp-swatch" data-series={row.series} />}{row.name}</td>
              <td data-number="" data-wide="">{format.quantity(String(row.sum.count))}</td>
              <td data-number="" data-wide="">{unitsOf(row.sum, words)}</td>
              <td data-number=""><b className="pp-amount">{format.credits(row.sum.credits)}</b></td>
              <td data-number="" data-wide={compared ? "" : undefined}>{percentText(percent(row.sum.credits, total))}</td>
              {compared && <td data-number="">{changeText(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
