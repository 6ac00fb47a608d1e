/** A card whose failure leaves the others: it shows what it has, or says what is wrong. */
import { CircleAlert, CloudOff, Lock } from "lucide-react";
import { Component, useId, type ReactNode } from "react";
import { usePrepaid } from "../context";
import type { Result } from "../hooks/result";
import { Notice } from "./Notice";
import { Button } from "./ui";
import { useTexts } from "../texts";

interface SectionProps<Data> {
  slot: string;
  title: string;
  aside?: ReactNode;
  /** Stays whatever the state: what chooses the data. */
  below?: ReactNode;
  result: Result<Data>;
  skeleton: ReactNode;
  empty?: ReactNode;
  children: (data: Data) => ReactNode;
}

export function Section<Data>({ slot, title, aside, below, result, skeleton, empty, children }: SectionProps<Data>) {
  const { rootProps } = usePrepaid();
  const id = useId();
  return (
    <section {...rootProps} className="pp-root pp-card" data-slot={slot} data-state={result.status} data-stale={result.isStale || undefined} aria-labelledby={id}>
      <header className="pp-card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {below}
      <Boundary title={title}>
        <Body title={title} result={result} skeleton={skeleton} empty={empty}>
          {children}
        </Body>
      </Boundary>
    </section>
  );
}

type BodyProps<Data> = Pick<SectionProps<Data>, "title" | "result" | "skeleton" | "empty" | "children">;

function Body<Data>({ title, result, skeleton, empty, children }: BodyProps<Data>) {
  const { t } = useTexts();
  const { status, data } = result;
  if (status === "denied") return <Notice icon={Lock} title={t("section.denied")} text={t("section.deniedText")} />;
  if (status === "empty" && empty) return empty;
  if (data !== undefined) return children(data);
  if (status === "loading") return <div aria-busy="true">{skeleton}</div>;
  if (status === "offline") {
    return (
      <Notice icon={CloudOff} title={t("section.offline")} text={t("section.offlineText")}>
        <Button size="small" onClick={result.refetch}>{t("balance.tryNow")}</Button>
      </Notice>
    );
  }
  return <Failed title={title} requestId={result.problem?.request_id} onRetry={result.refetch} />;
}

function Failed({ title, requestId, onRetry }: { title: string; requestId?: string | undefined; onRetry: () => void }) {
  const { t } = useTexts();
  return (
    <Notice icon={CircleAlert} tone="bad" title={t("section.failed", { section: title })} text={t("section.failedText")} requestId={requestId}>
      <Button size="small" onClick={onRetry}>{t("section.retry")}</Button>
    </Notice>
  );
}

/** Keeps a defect of one card to that card. */
class Boundary extends Component<{ title: string; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return <Failed title={this.props.title} onRetry={() => this.setState({ broken: false })} />;
  }
}
