/** Stacked bars in plain SVG; lengths on a screen are the only floats of this library. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { share, toUnits, fromUnits, type UsageAnalytics, type UsageBucket } from "../client";
import { useTexts } from "../texts";
import { operationName } from "./describe";
import { dayOf, granularityOf, isRunning, nameOf, seriesOf } from "./usage/series";

interface ChartProps {
  usage: UsageAnalytics;
  onBucketClick: ((from: string, to: string) => void) | undefined;
}

const [HEIGHT, LEFT, BOTTOM] = [220, 34, 24];
const INNER = HEIGHT - BOTTOM - 8;
const [USUAL_WIDTH, NARROW] = [640, 480];
/** Room for the text of the last bar under it; else it ends where the axis does. */
const LABEL = 72;

/** The room that a chart has, so that its texts are as large as they say. */
function useWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(USUAL_WIDTH);
  useEffect(() => {
    if (!place.current || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(240, Math.floor(entry.contentRect.width))));
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return [place, width] as const;
}

/** A round top of the axis, in hundredths: 1, 2 or 5 times a power of ten for each of 3 steps. */
export function axisOf(largest: bigint): { top: bigint; step: bigint } {
  const least = largest > 3n ? largest : 3n;
  for (let power = 1n; ; power *= 10n) {
    for (const step of [power, 2n * power, 5n * power]) if (step * 3n >= least) return { top: step * 3n, step };
  }
}

export default function UsageChart({ usage, onBucketClick }: ChartProps) {
  const context = useTexts();
  const { t, format } = context;
  const pattern = useId();
  const [active, setActive] = useState<number | null>(null);
  const [place, width] = useWidth();
  const { buckets } = usage;
  const names = seriesOf(usage);
  const per = granularityOf(usage);
  const now = t(({ day: "usage.today", week: "usage.thisWeek", month: "usage.thisMonth" } as const)[per]);
  const before = (index: number) => usage.previous?.buckets[index]?.credits;
  /** Nothing is no mark: a row of them along the axis says nothing. */
  const mark = (index: number) => (toUnits(before(index) ?? "0") > 0n ? 8 + INNER * (1 - share(before(index) ?? "0", fromUnits(top))) : null);
  const { top, step } = axisOf([...buckets, ...(usage.previous?.buckets ?? [])].reduce((most, each) => (toUnits(each.credits) > most ? toUnits(each.credits) : most), 0n));
  const slot = (width - LEFT) / Math.max(1, buckets.length);
  const bar = Math.min(34, slot - 2);
  const day = (bucket: UsageBucket | undefined) => (bucket ? nameOf(bucket, usage, format) : "");
  const every = Math.max(1, Math.ceil(buckets.length / (width < NARROW ? 3 : 6)));
  const last = buckets.length - 1;
  const shown = active === null ? undefined : buckets[active];

  const open = (bucket: UsageBucket) => onBucketClick?.(dayOf(bucket), bucket.to.slice(0, 10));

  function keys(event: KeyboardEvent) {
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
    if (event.key === "Enter" && shown) return open(shown);
    if (event.key === "Escape") return setActive(null);
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    setActive(Math.max(0, Math.min(buckets.length - 1, (active ?? buckets.length) + move)));
  }

  const series = (bucket: UsageBucket): [string, string][] => names.map((name) => [name, bucket.operations?.[name]?.credits ?? "0.00"]);
  return (
    <div ref={place} className="pp-chart" data-slot="usage-chart">
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="application" tabIndex={0} aria-label={[t(`usage.chartLabel.${per}`, { from: day(buckets[0]), to: day(buckets.at(-1)) }), onBucketClick && t("usage.chartOpens")].filter(Boolean).join(" ")} onKeyDown={keys} onBlur={() => setActive(null)} onMouseLeave={() => setActive(null)}>
        <defs>
          <pattern id={pattern} width="5" height="5" patternTransform="rotate(45)" patternUnits="userSpaceOnUse"><rect width="2" height="5" className="pp-hatch" /></pattern>
        </defs>
        {[0n, 1n, 2n, 3n].map((each) => {
          const y = 8 + INNER * (1 - Number(each) / 3);
          return <g key={each}><line x1={LEFT} x2={width} y1={y} y2={y} className="pp-grid" /><text x={LEFT - 8} y={y + 4} textAnchor="end">{format.quantity(fromUnits(each * step))}</text></g>;
        })}
        {buckets.map((bucket, index) => {
          const x = LEFT + slot * index;
          const parts = series(bucket).map(([name, credits], place) => ({ name, place, height: share(credits, fromUnits(top)) * INNER }));
          const starts = parts.map((_, place) => 8 + INNER - parts.slice(0, place + 1).reduce((sum, each) => sum + each.height, 0));
          const labelled = (last - index) % every === 0;
          const atEnd = index === last && slot < LABEL;
          const height = mark(index);
          return (
            <g key={bucket.from} onMouseEnter={() => setActive(index)} onClick={() => open(bucket)} data-day={dayOf(bucket)} data-pressable={onBucketClick && ""}>
              <rect x={x} y={8} width={slot} height={INNER} className="pp-band" data-on={active === index || undefined} />
              {parts.map(({ name, place, height }) => height > 0 && <rect key={name} x={x + (slot - bar) / 2} y={starts[place]} width={bar} height={Math.max(0.5, height - 1)} rx={1.5} data-series={Math.min(place, 4) + 1} />)}
              {bucket.partial && parts.length > 0 && <rect x={x + (slot - bar) / 2} y={starts.at(-1)} width={bar} height={8 + INNER - (starts.at(-1) ?? 0)} fill={`url(#${pattern})`} />}
              {height !== null && <line x1={x + (slot - bar) / 2} x2={x + (slot + bar) / 2} y1={height} y2={height} className="pp-before" />}
              {labelled && <text x={atEnd ? width : x + slot / 2} y={HEIGHT - 6} textAnchor={atEnd ? "end" : "middle"}>{isRunning(bucket, usage) ? now : day(bucket)}</text>}
            </g>
          );
        })}
      </svg>
      <div className="pp-tooltip" data-slot="tooltip" role="status" hidden={!shown}>
        {shown && (
          <dl className="pp-list">
            <div data-strong=""><dt>{day(shown)}{shown.partial && ` (${t(isRunning(shown, usage) ? "usage.soFar" : "usage.part")})`}</dt><dd>{format.credits(shown.credits)}</dd></div>
            {series(shown).map(([name, credits], place) => <div key={name}><dt><span className="pp-swatch" data-series={Math.min(place, 4) + 1} />{operationName(name, context)}</dt><dd>{format.credits(credits)}</dd></div>)}
            {active !== null && before(active) && <div><dt><span className="pp-swatch pp-swatch-before" />{t("usage.before")}</dt><dd>{format.credits(before(active) ?? "0.00")}</dd></div>}
          </dl>
        )}
      </div>
    </div>
  );
}
