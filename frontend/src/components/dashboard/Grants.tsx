/** Where the credits come from, in the order in which they are used. */
import { Ban, CalendarClock, CalendarX, CircleCheck, Gift, type LucideIcon } from "lucide-react";
import { share, type GrantRecord, type GrantState } from "../../client";
import { useGrants } from "../../hooks";
import { grantName } from "../describe";
import { endOf } from "../facts";
import { Section } from "../Section";
import { Notice } from "../Notice";
import { Icon, Skeleton } from "../ui";
import { useTexts } from "../../texts";

const STATES: Record<GrantState, LucideIcon> = { available: CircleCheck, scheduled: CalendarClock, used_up: CircleCheck, expired: CalendarX, voided: Ban };

export function Grants() {
  const { t } = useTexts();
  const result = useGrants();
  return (
    <Section
      slot="grants"
      title={t("grants.title")}
      aside={<span className="pp-meta">{t("grants.order")}</span>}
      result={result}
      skeleton={<div className="pp-pad pp-stack"><Skeleton width="100%" height={44} /><Skeleton width="100%" height={44} /></div>}
      empty={<Notice icon={Gift} tone="accent" title={t("grants.empty")} text={t("grants.emptyText")} />}
    >
      {(grants) => <ul className="pp-rows">{grants.map((each) => <Grant key={each.grant_id} grant={each} />)}</ul>}
    </Section>
  );
}

function Grant({ grant }: { grant: GrantRecord }) {
  const context = useTexts();
  const { t, format } = context;
  const { state } = grant;
  const hint = () => {
    if (state === "scheduled" && grant.given_at) return t("grants.starts", { date: format.day(grant.given_at) });
    if (state === "expired" && grant.expires_at) return t("grants.lost", { amount: format.credits(grant.expired ?? grant.amount), date: endOf(grant.expires_at, context) });
    if (state === "used_up" || state === "voided") return grant.given_at ? t("grants.given", { date: format.day(grant.given_at) }) : "";
    return grant.expires_at ? t("grants.expires", { date: endOf(grant.expires_at, context) }) : t("grants.never");
  };
  return (
    <li className="pp-grant" data-slot="grant" data-state={state}>
      <p className="pp-row">
        <b>{grantName(grant, context) ?? grant.kind}</b>
        <span>{state === "available" ? <><b>{format.credits(grant.remaining)}</b> {t("grants.of", { amount: format.credits(grant.amount) })}</> : format.credits(grant.amount)}</span>
      </p>
      {state === "available" && <div className="pp-meter" data-size="small" aria-hidden><span style={{ inlineSize: `${share(grant.remaining, grant.amount) * 100}%` }} /></div>}
      <p className="pp-row pp-meta"><span>{hint()}</span><span className="pp-grant-state"><Icon of={STATES[state]} size={14} /> {t(`grantState.${state}`)}</span></p>
    </li>
  );
}
