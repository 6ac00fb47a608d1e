/** The ten entries that cost most, read when somebody wants to see them; each opens its explanation. */
import { ChevronDown, ChevronRight } from "lucide-react";
import { lazy, Suspense, useId, useState } from "react";
import type { Entry } from "../../client";
import { useUsage } from "../../hooks";
import { useFocusBack } from "../dashboard/focus";
import { describe, iconOf } from "../describe";
import { Icon } from "../ui";
import { useTexts } from "../../texts";
import { Pending } from "./Pending";
import { queryOf, type UsageDays } from "./range";

const ExplainDrawer = lazy(() => import("../dashboard/ExplainDrawer"));

export function Largest({ days, initiallyOpen }: { days: UsageDays; initiallyOpen: boolean }) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(initiallyOpen);
  const [entryId, setEntryId] = useState("");
  const read = useUsage({ ...queryOf(days, "operation", false), include: "largest" }, { enabled: isOpen, watch: false });
  const id = useId();
  useFocusBack(entryId, "largest");
  const largest = read.data?.largest;
  return (
    <section className="pp-part" data-slot="largest" data-state={isOpen ? "open" : "closed"}>
      <h3>
        <button type="button" className="pp-disclosure" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          <span>{t("usage.largest")}</span>
          <Icon of={isOpen ? ChevronDown : ChevronRight} />
        </button>
      </h3>
      <div id={id} hidden={!isOpen}>
        {isOpen && (largest ? <Entries entries={largest.items} onOpen={setEntryId} /> : <Pending read={read} title={t("usage.largest")} height={160} />)}
        {isOpen && largest?.complete === false && <p className="pp-pad pp-meta" data-slot="incomplete">{t("usage.incomplete")}</p>}
      </div>
      {entryId && (
        <Suspense fallback={null}>
          <ExplainDrawer entryId={entryId} entries={largest?.items ?? []} onChange={(next) => setEntryId(next ?? "")} />
        </Suspense>
      )}
    </section>
  );
}

function Entries({ entries, onOpen }: { entries: Entry[]; onOpen: (entryId: string) => void }) {
  const words = useTexts();
  const { t, format } = words;
  if (!entries.length) return <p className="pp-pad pp-sentence">{t("usage.noLargest")}</p>;
  return (
    <ol className="pp-rows pp-largest">
      {entries.map((entry) => (
        <li key={entry.entry_id} data-slot="charge">
          <button type="button" className="pp-row-link" data-largest={entry.entry_id} onClick={() => onOpen(entry.entry_id)}>
            <Icon of={iconOf(entry)} />
            <span>{describe(entry, words)}</span>
          </button>
          <time className="pp-meta" dateTime={entry.posted_at}>{format.moment(entry.posted_at)}</time>
          <b className="pp-amount">{format.credits(entry.amount.replace("-", ""))}</b>
        </li>
      ))}
    </ol>
  );
}
