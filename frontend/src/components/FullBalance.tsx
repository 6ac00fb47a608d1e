/** The balance's card: what can be spent, what is held, for how long, and until when. */
import { CircleAlert, CloudOff, Lock, Plus, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { share, type Balance } from "../client";
import { levelOf, usePrices, type Result } from "../hooks";
import type { Equivalent } from "./CreditBalance";
import { endOf, equivalentsOf, nextExpiry, runwayOf } from "./facts";
import { LEVELS, type Standing } from "./level";
import { Notice } from "./Notice";
import { Button, Chip, Icon, Skeleton, Spinner } from "./ui";
import { useTexts } from "../texts";

interface FullProps {
  result: Result<Balance>;
  equivalents: Equivalent[];
  onAdd: (() => void) | undefined;
}

export default function FullBalance({ result, equivalents, onAdd }: FullProps) {
  const { rootProps, t } = useTexts();
  return (
    <section {...rootProps} className="pp-root pp-card pp-balance" data-slot="credit-balance" data-state={result.status} data-stale={result.isStale || undefined} aria-label={t("balance.title")}>
      {result.data && result.status !== "denied" ? (
        <Known result={result} balance={result.data} equivalents={equivalents} onAdd={onAdd} />
      ) : (
        <Unknown result={result} />
      )}
    </section>
  );
}

function Unknown({ result }: { result: Result<Balance> }) {
  const { t } = useTexts();
  if (result.status === "loading") return <Loading />;
  if (result.status === "denied") return <Notice icon={Lock} title={t("section.denied")} text={t("section.deniedText")} />;
  const isOffline = result.status === "offline";
  return (
    <Notice
      icon={isOffline ? CloudOff : CircleAlert}
      tone={isOffline ? "neutral" : "bad"}
      title={isOffline ? t("section.offline") : t("section.failed", { section: t("balance.title") })}
      text={isOffline ? t("section.offlineText") : t("section.failedText")}
      requestId={result.problem?.request_id}
    >
      <Button size="small" onClick={result.refetch}>{t("section.retry")}</Button>
    </Notice>
  );
}

/** The boxes of the card that is to come, so that nothing moves when it does. */
function Loading() {
  const { t } = useTexts();
  const box = (width: number | string, height: number) => <Skeleton width={width} height={height} />;
  return (
    <>
      <div className="pp-balance-main" aria-busy="true">
        <span className="pp-hidden">{t("balance.loading")}</span>
        <div className="pp-row pp-balance-head">
          <div>
            <p className="pp-label pp-balance-label">{box(110, 18)}</p>
            <p className="pp-figure">{box(190, 40)}</p>
          </div>
          <span className="pp-skeleton pp-button" />
        </div>
        <p className="pp-sentence">{box("55%", 14)}</p>
        <div className="pp-meter-block">
          <div className="pp-meter" />
          <p className="pp-legend">{box(126, 18)}{box(98, 18)}<span className="pp-as-of">{box(126, 24)}</span></p>
        </div>
      </div>
      <dl className="pp-facts" aria-hidden>
        {["held", "lasts", "next", "total"].map((each) => <Fact key={each} label={box(64, 12)} value={box(80, 18)} hint={box(96, 12)} />)}
      </dl>
    </>
  );
}

function Known({ result, balance, equivalents, onAdd }: FullProps & { balance: Balance }) {
  const { t, format } = useTexts();
  const level = levelOf(balance);
  const isOffline = result.status === "offline";
  const figure = level === "unlimited" ? t("level.unlimited") : format.credits(level === "debt" ? balance.balance : balance.available);
  return (
    <>
      <div className="pp-balance-main">
        <div className="pp-row pp-balance-head">
          <div>
            <p className="pp-label pp-balance-label">
              {t("balance.available")}
              <Chip tone={isOffline ? "neutral" : LEVELS[level].tone} icon={isOffline ? CloudOff : LEVELS[level].icon}>
                {isOffline ? t("level.offline") : t(`level.${level}`)}
              </Chip>
            </p>
            <p className="pp-figure" data-slot="available">
              <span key={figure}>{figure}</span>
              {level !== "unlimited" && <small>{t("balance.credits")}</small>}
            </p>
          </div>
          {onAdd && LEVELS[level].canBuy && !isOffline && (
            <Button tone="primary" data-slot="add-credits" onClick={onAdd}>
              <Icon of={Plus} /> {t("balance.add")}
            </Button>
          )}
          {isOffline && <Button onClick={result.refetch}>{t("balance.tryNow")}</Button>}
        </div>
        <p className="pp-sentence">{isOffline ? t("balance.offline", { time: format.clock(balance.as_of) }) : <Meaning balance={balance} level={level} equivalents={equivalents} />}</p>
        {level === "unlimited" ? <p className="pp-row pp-legend"><AsOf result={result} /></p> : <Meter balance={balance} asOf={<AsOf result={result} />} />}
      </div>
      {level !== "unlimited" && <Facts balance={balance} />}
    </>
  );
}

function Meaning({ balance, level, equivalents }: { balance: Balance; level: Standing; equivalents: Equivalent[] }) {
  const { t, format, messages } = useTexts();
  const prices = usePrices().data ?? [];
  if (level === "empty") return t("balance.emptyHint");
  if (level === "debt") return t("balance.debtHint", { amount: format.credits(balance.balance.replace("-", "")) });
  if (level === "frozen" || level === "closed") return t("balance.frozenHint");
  if (level === "unlimited") return t("balance.unlimitedHint");
  const [first] = equivalentsOf(balance, equivalents, prices, t, format, messages);
  return first ? t("balance.enough", { what: t("balance.ofWork", { count: first.count, what: first.what.toLocaleLowerCase(format.locale) }) }) : null;
}

/** When the figures were true, and a button that asks for all that the page shows anew. */
function AsOf({ result }: { result: Result<Balance> }) {
  const { t, format, queryClient } = useTexts();
  const isAsking = result.isStale && result.status !== "offline";
  return (
    <span className="pp-as-of" data-slot="as-of">
      {result.asOf && t("balance.asOf", { time: format.clock(result.asOf) })}
      <button type="button" className="pp-icon-button" aria-label={t("balance.refresh")} onClick={() => void queryClient.invalidateQueries({ queryKey: ["prepaid"] })}>
        {isAsking ? <Spinner /> : <Icon of={RefreshCw} size={14} />}
        {isAsking && <span className="pp-hidden">{t("balance.stale")}</span>}
      </button>
    </span>
  );
}

function Meter({ balance, asOf }: { balance: Balance; asOf: ReactNode }) {
  const { t, format } = useTexts();
  const available = share(balance.available, balance.balance);
  const held = share(balance.held, balance.balance);
  return (
    <div className="pp-meter-block">
      <div className="pp-meter" aria-hidden data-slot="meter">
        <span style={{ inlineSize: `${available * 100}%` }} />
        <span data-held="" style={{ inlineSize: `${held * 100}%` }} />
      </div>
      <p className="pp-legend">
        <span data-mark="accent">{t("balance.available")} {format.credits(balance.available)}</span>
        <span data-mark="held">{t("balance.held")} {format.credits(balance.held)}</span>
        {asOf}
      </p>
    </div>
  );
}

function Facts({ balance }: { balance: Balance }) {
  const context = useTexts();
  const { t, format } = context;
  const runway = runwayOf(balance, context);
  const expiry = nextExpiry(balance);
  const holds = balance.holds.length;
  const isCalls = balance.holds.every((each) => each.operation === "vapi_call");
  const isDebt = balance.balance.startsWith("-");
  return (
    <dl className="pp-facts" data-slot="facts">
      <Fact label={t("balance.held")} value={format.credits(balance.held)} hint={holds ? t(isCalls ? "balance.heldVoice" : "balance.heldCalls", { n: holds }) : t("balance.heldNothing")} />
      {runway && <Fact label={t("balance.lasts")} value={runway.days} hint={runway.rate} />}
      <Fact
        label={t("balance.next")}
        value={expiry ? format.credits(expiry.amount) : t("balance.nextNone")}
        hint={expiry ? endOf(expiry.at, context) : t("balance.nextNoneHint")}
      />
      <Fact label={t("balance.total")} value={format.credits(balance.balance)} hint={isDebt ? t("balance.totalDebt") : t("balance.totalHint")} />
    </dl>
  );
}

const Fact = ({ label, value, hint }: { label: ReactNode; value: ReactNode; hint: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>
      <b>{value}</b>
      <span>{hint}</span>
    </dd>
  </div>
);
