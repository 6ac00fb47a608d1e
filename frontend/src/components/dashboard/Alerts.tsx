/** What the account was warned of: when, at which balance, who was reached, and who has seen it. */
import { BellRing } from "lucide-react";
import { Fragment, useRef, useState } from "react";
import type { Alert } from "../../client";
import { useAlerts, useSettings, type Alerts as Listed } from "../../hooks";
import { Section } from "../Section";
import { Notice } from "../Notice";
import { Button, Chip, Icon, Skeleton } from "../ui";
import { useTexts } from "../../texts";
import { deliveriesOf, factsOf, lookOf, sentenceOf, thresholdsText } from "./alertText";

/** Somebody was told of it, and nobody has said that they saw it. */
const isUnread = (alert: Alert): boolean => !alert.quiet && alert.acknowledged_at === null;

export default function Alerts() {
  const { t } = useTexts();
  const result = useAlerts();
  // A server that does not have the endpoint has no alerts either.
  if (result.problem?.code === "not_available") return null;
  const unread = (result.data ?? []).filter(isUnread).length;
  return (
    <Section
      slot="alerts"
      title={t("alerts.title")}
      aside={unread > 0 && <Chip tone="accent">{t(result.hasMore && unread === result.data?.length ? "alerts.newOrMore" : "alerts.new", { n: unread })}</Chip>}
      result={result.status === "empty" ? { ...result, status: "ready" } : result}
      skeleton={<div className="pp-pad pp-stack">{[1, 2, 3].map((each) => <Skeleton key={each} width="100%" height={58} />)}</div>}
    >
      {(alerts) => (
        <>
          {alerts.length ? <List alerts={alerts} result={result} /> : <Notice icon={BellRing} tone="accent" title={t("alerts.empty")} text={t("alerts.emptyText")} />}
          <Thresholds />
        </>
      )}
    </Section>
  );
}

function List({ alerts, result }: { alerts: Alert[]; result: Listed }) {
  const { t } = useTexts();
  const [failed, setFailed] = useState<string | null>(null);
  const [isNoted, setNoted] = useState(false);
  const list = useRef<HTMLUListElement>(null);

  async function acknowledge(alertId: string) {
    setNoted(false);
    const answer = await result.acknowledge(alertId);
    setFailed(answer.ok ? null : alertId);
    setNoted(answer.ok);
    // Its button is gone, so the focus stays with what it was about.
    if (answer.ok) [...(list.current?.querySelectorAll<HTMLElement>("[data-alert]") ?? [])].find((each) => each.dataset.alert === alertId)?.focus();
  }

  return (
    <>
      <ul ref={list} className="pp-rows pp-alerts">
        {alerts.map((alert) => (
          <Row key={alert.alert_id} alert={alert} busy={result.acknowledging === alert.alert_id} failed={failed === alert.alert_id} onSeen={() => void acknowledge(alert.alert_id)} />
        ))}
      </ul>
      <span className="pp-hidden" role="status">{isNoted && t("alerts.noted")}</span>
      {result.hasMore && <p className="pp-more"><Button size="small" busy={result.isLoadingMore} onClick={result.loadMore}>{t("alerts.more")}</Button></p>}
    </>
  );
}

interface RowProps {
  alert: Alert;
  busy: boolean;
  failed: boolean;
  onSeen: () => void;
}

function Row({ alert, busy, failed, onSeen }: RowProps) {
  const words = useTexts();
  const { t, format } = words;
  const [icon, tone] = lookOf(alert.kind);
  const unread = isUnread(alert);
  const sentence = sentenceOf(alert, words);
  return (
    <li className="pp-alert" data-slot="alert" data-kind={alert.kind} data-tone={tone} data-state={unread ? "unread" : "seen"} data-alert={alert.alert_id} tabIndex={-1}>
      <Icon of={icon} />
      <div>
        <p className="pp-row">
          <b>{sentence}</b>
          {unread && <span className="pp-unread" data-slot="unread"><span className="pp-hidden">{t("alerts.unread")}</span></span>}
        </p>
        <Facts of={factsOf(alert, words).map((text) => ({ text }))} />
        <Facts of={[...deliveriesOf(alert, words), ...(alert.acknowledged_at ? [{ text: t("alerts.seenAt", { time: format.moment(alert.acknowledged_at) }) }] : [])]} />
        {unread && (
          <p className="pp-row pp-meta">
            <Button tone="link" busy={busy} aria-label={t("alerts.seenOf", { alert: sentence })} onClick={onSeen}>{t("alerts.seen")}</Button>
            {alert.repeat_at && <span>{t("alerts.repeats", { date: format.day(alert.repeat_at) })}</span>}
          </p>
        )}
        {failed && <p className="pp-error" role="alert">{t("alerts.seenFailed")}</p>}
      </div>
    </li>
  );
}

/** Facts side by side; a line breaks between two of them. */
const Facts = ({ of: facts }: { of: { text: string; failed?: boolean }[] }) => (
  <p className="pp-meta">
    {facts.map(({ text, failed }, place) => (
      <Fragment key={text}>
        <span data-failed={failed || undefined}>{text}</span>
        {place < facts.length - 1 && " · "}
      </Fragment>
    ))}
  </p>
);

/** At what the account is warned; where that cannot be read, the alerts stand alone. */
function Thresholds() {
  const words = useTexts();
  const settings = useSettings();
  if (!settings.data && settings.status !== "loading") return null;
  return <footer className="pp-card-foot" data-slot="thresholds">{settings.data ? thresholdsText(settings.data, words) : <Skeleton width="100%" height={18} />}</footer>;
}
