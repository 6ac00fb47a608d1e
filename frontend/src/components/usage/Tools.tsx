/** Chooses which days of usage are shown, and how. */
import { ChartColumn, Table2 } from "lucide-react";
import { useId, useRef, useState, type FormEvent } from "react";
import { todayIn } from "../../days";
import { Button, Icon, Select } from "../ui";
import { useTexts } from "../../texts";
import { isPreset, MAX_DAYS, PRESETS, problemOfDays, stepsFor, type Granularity, type RangeProblem, type UsageDays, type UsagePreset, type UsageRange } from "./range";

interface RangeProps {
  range: UsageRange;
  isOpen: boolean;
  onChoose: (range: UsageRange) => void;
  /** Days of one's own are wanted. */
  onOpen: () => void;
}

export function Ranges({ range, isOpen, onChoose, onOpen }: RangeProps) {
  const { t } = useTexts();
  const presets = (Object.keys(PRESETS) as UsagePreset[]).filter((each) => each !== "14d" || range === "14d");
  return (
    <span className="pp-segments" role="group" aria-label={t("usage.range")}>
      {presets.map((each) => (
        <button key={each} type="button" aria-pressed={each === range} onClick={() => onChoose(each)}>{t(each === "today" ? "usage.today" : `usage.range${each}`)}</button>
      ))}
      <button type="button" data-slot="custom-range" aria-pressed={!isPreset(range)} aria-expanded={isOpen} onClick={onOpen}>{t("usage.custom")}</button>
    </span>
  );
}

interface DaysProps {
  shown: UsageDays;
  zone: string;
  onChoose: (days: UsageDays) => void;
  onClose: () => void;
}

/** Two days of the account's calendar; what is wrong is said at the field. */
export function DaysForm({ shown, zone, onChoose, onClose }: DaysProps) {
  const { t } = useTexts();
  const [days, setDays] = useState(shown);
  const [problem, setProblem] = useState<RangeProblem | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const today = todayIn(zone);

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = problemOfDays(days, today);
    setProblem(found);
    if (!found) return onChoose(days);
    form.current?.querySelector<HTMLInputElement>(`[name=${found.field}]`)?.focus();
  }

  return (
    <form ref={form} className="pp-days" data-slot="days" noValidate onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      {(["from", "to"] as const).map((field) => (
        <label key={field} className="pp-day">
          <span>{t(`usage.${field}`)}</span>
          <input type="date" name={field} max={today} autoFocus={field === "from"} value={days[field]} aria-invalid={problem?.field === field || undefined} aria-describedby={problem?.field === field ? id : undefined} onChange={(event) => setDays({ ...days, [field]: event.target.value })} />
          {problem?.field === field && <small id={id} className="pp-error" role="alert">{t(`usage.${problem.code}`, { n: MAX_DAYS })}</small>}
        </label>
      ))}
      <span className="pp-days-buttons">
        <Button type="submit" size="small">{t("usage.apply")}</Button>
        <Button size="small" tone="quiet" onClick={onClose}>{t("usage.cancel")}</Button>
      </span>
      <span className="pp-meta pp-days-zone">{t("usage.zone", { zone })}</span>
    </form>
  );
}

interface ViewProps {
  days: number;
  step: Granularity;
  isTable: boolean;
  onStep: (step: Granularity) => void;
  onTable: (isTable: boolean) => void;
}

export function ViewTools({ days, step, isTable, onStep, onTable }: ViewProps) {
  const { t } = useTexts();
  const steps = stepsFor(days);
  return (
    <div className="pp-row pp-usage-view">
      {steps.length > 1 ? <Select label={t("usage.per")} value={step} options={steps.map((each) => [each, t(`usage.${each}`)])} onChange={onStep} /> : <span />}
      <span className="pp-segments" role="group" aria-label={t("usage.view")}>
        <button type="button" aria-pressed={!isTable} onClick={() => onTable(false)}><Icon of={ChartColumn} size={15} /> {t("usage.chart")}</button>
        <button type="button" aria-pressed={isTable} onClick={() => onTable(true)}><Icon of={Table2} size={15} /> {t("usage.table")}</button>
      </span>
    </div>
  );
}
