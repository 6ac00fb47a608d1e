/** Why one amount: its parts, what happened, what paid it, before and after. */
import { Dialog } from "@base-ui/react/dialog";
import { Check, ChevronDown, ChevronUp, CircleAlert, Gift, Link2, Lock, LockOpen, ReceiptText, X } from "lucide-react";
import { useRef, type KeyboardEvent } from "react";
import { add, negate, toUnits, type Entry, type ExplainedEntry } from "../../client";
import { useGrants, usePayment, useTransaction } from "../../hooks";
import { lookUp } from "../../messages/translate";
import { Copyable, useCopy } from "../Copy";
import { describe, grantName, iconOf, quantityText, toneOf } from "../describe";
import { Notice } from "../Notice";
import { Button, Chip, Icon, Link, Skeleton } from "../ui";
import { cardName } from "../facts";
import { useTexts } from "../../texts";

interface DrawerProps {
  entryId: string;
  entries: Entry[];
  onChange: (entryId: string | null) => void;
}

export default function ExplainDrawer({ entryId, entries, onChange }: DrawerProps) {
  const { rootProps, t } = useTexts();
  const result = useTransaction(entryId);
  const close = useRef<HTMLButtonElement>(null);
  const place = entries.findIndex((each) => each.entry_id === entryId);
  const go = (step: number) => {
    const next = place < 0 ? undefined : entries[place + step];
    if (next) onChange(next.entry_id);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    go(event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onChange(null)}>
      <Dialog.Portal {...rootProps} className="pp-root pp-layer">
        <Dialog.Backdrop className="pp-scrim" />
        <Dialog.Popup className="pp-drawer" data-slot="explain" data-state={result.status} initialFocus={close} finalFocus={false} onKeyDown={keys}>
          <header className="pp-row pp-drawer-head">
            <Dialog.Title className="pp-label">{t("explain.title")}</Dialog.Title>
            <span>
              <button type="button" className="pp-icon-button" aria-label={t("explain.previous")} aria-disabled={place <= 0} onClick={() => go(-1)}><Icon of={ChevronUp} /></button>
              <button type="button" className="pp-icon-button" aria-label={t("explain.next")} aria-disabled={place < 0 || place >= entries.length - 1} onClick={() => go(1)}><Icon of={ChevronDown} /></button>
              <Dialog.Close ref={close} className="pp-icon-button" aria-label={t("explain.close")}><Icon of={X} /></Dialog.Close>
            </span>
          </header>
          <div className="pp-drawer-body" tabIndex={0} role="group" aria-label={t("explain.title")}>
            {result.data ? (
              <Explained entry={result.data} />
            ) : result.status === "loading" ? (
              <div className="pp-stack" aria-busy="true">
                <span className="pp-hidden">{t("explain.loading")}</span>
                {[40, 44, 150, 90].map((height) => <Skeleton key={height} width="100%" height={height} />)}
              </div>
            ) : (
              <Notice icon={CircleAlert} tone="bad" title={t("section.failed", { section: t("explain.title") })} text={t("section.failedText")} requestId={result.problem?.request_id}>
                <Button size="small" onClick={result.refetch}>{t("section.retry")}</Button>
              </Notice>
            )}
          </div>
          <footer className="pp-drawer-foot"><CopyLink entryId={entryId} /></footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Explained({ entry }: { entry: ExplainedEntry }) {
  const context = useTexts();
  const { t, format, messages } = context;
  const unlimited = toUnits(entry.waived) > 0n && t("explain.waived", { amount: format.credits(entry.waived) });
  const short = toUnits(entry.shortfall) > 0n && t("explain.shortfall", { amount: format.credits(entry.shortfall) });
  const paid = toUnits(entry.debt_paid) > 0n && t("explain.debt", { amount: format.credits(entry.debt_paid) });
  return (
    <>
      <div className="pp-explain-head">
        <span className="pp-notice-icon"><Icon of={iconOf(entry)} size={18} /></span>
        <div>
          <b>{describe(entry, context)}</b>
          <span>{format.exact(entry.posted_at)} · {format.timeZone}</span>
        </div>
      </div>
      <div className="pp-row">
        <p className="pp-figure" data-size="small">{format.change(entry.amount)} <small>{t("balance.credits")}</small></p>
        <Chip tone={toneOf(entry.kind)}>{lookUp(t, messages, `kind.${entry.kind}`) ?? entry.kind}</Chip>
      </div>
      {entry.calculation ? <Parts entry={entry} /> : entry.explanation && <p className="pp-sentence">{entry.explanation}</p>}
      {[unlimited, short, paid].filter(Boolean).map((text) => <p key={String(text)} className="pp-sentence">{text}</p>)}
      <Happened entry={entry} />
      <PaidFrom entry={entry} />
      {entry.kind === "purchase" && entry.reference && <WhatWasPaid paymentId={entry.reference} />}
      <hr />
      <dl className="pp-list">
        <div><dt>{t("explain.before")}</dt><dd>{format.credits(add(entry.balance_after, negate(entry.amount)))}</dd></div>
        <div data-strong=""><dt>{t("explain.after")}</dt><dd>{format.credits(entry.balance_after)}</dd></div>
        {entry.reason && <div><dt>{t("explain.reason")}</dt><dd>{entry.reason}</dd></div>}
        {entry.reference && <div><dt>{t("explain.reference")}</dt><dd><Copyable text={entry.reference} label={t("explain.copy")} said={t("explain.copied")} /></dd></div>}
      </dl>
    </>
  );
}

function Parts({ entry }: { entry: ExplainedEntry }) {
  const context = useTexts();
  const { t, format, messages } = context;
  if (!entry.calculation) return null;
  const { lines, cost, carry_before, carry_after, price_version } = entry.calculation;
  const minutes = entry.quantities.minute;
  const carries = [carry_before, carry_after].some((each) => !/^0(\.0+)?$/.test(each));
  const since = Number.isNaN(Date.parse(price_version)) ? null : t("explain.since", { date: format.day(price_version) });
  const duration = minutes && t("explain.minutes", { duration: quantityText("minute", minutes, context), minutes: format.quantity(minutes) });
  return (
    <section data-slot="why">
      <h3>{t("explain.why")}</h3>
      <table className="pp-table pp-parts">
        <thead>
          <tr>
            <th scope="col">{t("explain.part")}</th>
            <th scope="col" data-number="">{t("explain.quantity")}</th>
            <th scope="col" data-number="">{t("explain.price")}</th>
            <th scope="col" data-number="">{t("transactions.credits")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.unit}>
              <td>{lookUp(t, messages, `part.${line.unit}`) ?? line.unit}</td>
              <td data-number="">{line.unit === "minute" ? t("unit.minute", { n: format.quantity(line.billed) }) : format.quantity(line.billed)}</td>
              <td data-number="">{priceText(line.rate, format.locale)}</td>
              <td data-number=""><b>{priceText(line.cost, format.locale)}</b></td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr><th scope="row" colSpan={3}>{t("explain.total")}</th><td data-number=""><b>{format.credits(cost)}</b></td></tr>
        </tfoot>
      </table>
      <p className="pp-meta">{[duration, carries && t("explain.carry"), since].filter(Boolean).join(" ")}</p>
    </section>
  );
}

/** At least two decimals, and as many as a rate has. */
function priceText(amount: string, locale: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 12 }).format(amount as unknown as number);
}

function Happened({ entry }: { entry: ExplainedEntry }) {
  const { t, format } = useTexts();
  const steps = (entry.related ?? []).filter((each) => each.entry_id !== entry.entry_id && ["hold", "release"].includes(each.kind));
  if (entry.kind !== "capture" || !steps.length) return null;
  const freed = add(negate(entry.held_change), entry.amount); // of what was on hold for it
  const all = [...steps, entry].sort((one, other) => Date.parse(one.posted_at) - Date.parse(other.posted_at));
  return (
    <section data-slot="happened">
      <h3>{t("explain.happened")}</h3>
      <ol className="pp-timeline">
        {all.map((each) => {
          const held = format.credits(each.held_change.replace("-", ""));
          const [icon, text] = each.kind === "hold" ? [Lock, t("explain.heldAt", { amount: held })] : each.kind === "release" ? [LockOpen, t("explain.released", { amount: held })] : [Check, t("explain.charged", { amount: format.credits(each.amount.replace("-", "")) })];
          return <li key={each.entry_id}><Icon of={icon} size={13} /><span>{text}</span><time dateTime={each.posted_at}>{format.clock(each.posted_at)}</time></li>;
        })}
        {toUnits(freed) > 0n && <li><Icon of={LockOpen} size={13} /><span>{t("explain.released", { amount: format.credits(freed) })}</span><time dateTime={entry.posted_at}>{format.clock(entry.posted_at)}</time></li>}
      </ol>
    </section>
  );
}

function PaidFrom({ entry }: { entry: ExplainedEntry }) {
  const context = useTexts();
  const { t, format } = context;
  const grants = useGrants().data ?? [];
  if (!entry.burned.length) return null;
  const nameOf = (id: string) => {
    const grant = grants.find((each) => each.grant_id === id);
    return (grant && grantName(grant, context)) ?? t("balance.credits");
  };
  return (
    <section data-slot="paid-from">
      <h3>{t("explain.paidFrom")}</h3>
      <dl className="pp-list">
        {entry.burned.map((each) => <div key={each.grant_id}><dt><Icon of={Gift} size={15} /> {nameOf(each.grant_id)}</dt><dd>{format.credits(each.amount)}</dd></div>)}
      </dl>
    </section>
  );
}

/** The payment behind a purchase; nothing while it is not known. */
function WhatWasPaid({ paymentId }: { paymentId: string }) {
  const { t, format } = useTexts();
  const payment = usePayment(paymentId).data;
  if (!payment) return null;
  const card = cardName(payment);
  return (
    <section data-slot="paid">
      <h3>{t("explain.payment")}</h3>
      <dl className="pp-list">
        <div><dt>{t(card ? "explain.paidWith" : "explain.paid", { card: card ?? "" })}</dt><dd>{format.money(payment.amount, payment.currency)}</dd></div>
        {payment.amount_refunded > 0 && <div><dt>{t("payment.refunded")}</dt><dd>{format.money(payment.amount_refunded, payment.currency)}</dd></div>}
      </dl>
      {payment.receipt_url && <Link href={payment.receipt_url} target="_blank" rel="noreferrer"><Icon of={ReceiptText} size={15} /> {t("purchase.receipt")}</Link>}
    </section>
  );
}

function CopyLink({ entryId }: { entryId: string }) {
  const { t } = useTexts();
  const [isCopied, copy] = useCopy();
  const link = () => {
    const url = new URL(window.location.href);
    url.searchParams.set("entry", entryId);
    return url.toString();
  };
  return <Button size="small" onClick={() => copy(link())}><Icon of={isCopied ? Check : Link2} size={14} /> {t(isCopied ? "explain.linkCopied" : "explain.copyLink")}</Button>;
}
