/** The chart's numbers as a table, the latest first. */
import type { UsageAnalytics } from "../../client";
import { Chip } from "../ui";
import { useTexts } from "../../texts";
import { isRunning, nameOf, rowsOf } from "./series";

export function Days({ usage }: { usage: UsageAnalytics }) {
  const context = useTexts();
  const { t, format } = context;
  const [head = [], ...rows] = rowsOf(usage, context);
  const last = rows.length - 1;
  return (
    <div className="pp-scroll" tabIndex={0} role="group" aria-label={t("usage.table")}>
      <table className="pp-table" data-slot="usage-table">
        <thead><tr>{head.map((each, place) => <th key={each} scope="col" data-number={place ? "" : undefined}>{each}</th>)}</tr></thead>
        <tbody>
          {rows.reverse().map(([day = "", ...amounts], place) => {
            const bucket = usage.buckets[last - place];
            return (
              <tr key={day}>
                <td className="pp-when">
                  {bucket && nameOf(bucket, usage, format)}
                  {bucket?.partial && <> <Chip tone="plain">{t(isRunning(bucket, usage) ? "usage.soFar" : "usage.part")}</Chip></>}
                </td>
                {amounts.map((each, column) => <td key={head[column + 1]} data-number="">{format.credits(each)}</td>)}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
