/** What the days come to in four figures, beside as many days before. */
import { add, formatPercent, negate, percent, toUnits, type UsageAnalytics } from "../../client";
import { useTexts } from "../../texts";
import type { Translate } from "../../messages/translate";
import type { Format } from "../../format";
import { averageOf, busiestOf, granularityOf, isRunning, nameOf } from "./series";

/** *now* against *before* in percent, signed; null where there was nothing before. */
export function changeOf(now: string, before: string | undefined): string | null {
  return before === undefined ? null : percent(add(now, negate(before)), before);
}

function changeText(now: string, before: string | undefined, t: Translate, format: Format): string {
  const change = changeOf(now, before);
  if (change === null) return before === undefined ? "" : t("usage.nothingBefore");
  if (toUnits(change, 1) === 0n) return t("usage.same");
  return t(change.startsWith("-") ? "usage.less" : "usage.more", { percent: formatPercent(change.replace("-", ""), format.locale) });
}

export function Kpis({ usage }: { usage: UsageAnalytics }) {
  const { t, format } = useTexts();
  const { totals, previous } = usage;
  const average = averageOf(usage);
  const busiest = busiestOf(usage);
  return (
    <dl className="pp-facts pp-kpis" data-slot="usage-figures">
      <Figure label={t("usage.used")} value={format.credits(totals.credits)} hint={changeText(totals.credits, previous?.totals.credits, t, format)} />
      <Figure label={t("usage.events")} value={format.quantity(String(totals.count))} hint={previous ? t("usage.eventsBefore", { n: previous.totals.count }) : ""} />
      <Figure label={t(average.isWhole ? "usage.perFullDay" : "usage.perDay")} value={format.credits(average.credits)} hint={t(average.isWhole ? "usage.meanWhole" : "usage.mean", { n: average.days })} />
      <Figure
        label={t(`usage.busiest.${granularityOf(usage)}`)}
        value={busiest ? format.credits(busiest.credits) : "–"}
        hint={busiest ? [nameOf(busiest, usage, format), isRunning(busiest, usage) && t("usage.soFar")].filter(Boolean).join(", ") : ""}
      />
    </dl>
  );
}

const Figure = ({ label, value, hint }: { label: string; value: string; hint: string }) => (
  <div>
    <dt>{label}</dt>
    <dd><b>{value}</b><span>{hint}</span></dd>
  </div>
);
