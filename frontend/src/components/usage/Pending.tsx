/** In the place of a part of usage that is read by itself, until it is there. */
import type { UsageAnalytics } from "../../client";
import type { Result } from "../../hooks";
import { Button, Skeleton } from "../ui";
import { useTexts } from "../../texts";

export function Pending({ read, title, height }: { read: Result<UsageAnalytics>; title: string; height: number }) {
  const { t } = useTexts();
  if (!read.problem) return <div className="pp-pad" aria-busy="true"><Skeleton width="100%" height={height} /></div>;
  return <p className="pp-pad pp-sentence" role="alert">{t("section.failed", { section: title })} <Button tone="link" onClick={read.refetch}>{t("section.retry")}</Button></p>;
}
