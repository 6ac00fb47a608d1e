/** The small parts that every component is made of. */
import { LoaderCircle, type LucideIcon } from "lucide-react";
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from "react";
import { usePrepaid } from "../context";

export const Icon = ({ of: Shape, size = 16 }: { of: LucideIcon; size?: number }) => (
  <Shape aria-hidden size={size} strokeWidth={1.85} className="pp-icon" />
);

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: "primary" | "secondary" | "quiet" | "link";
  size?: "small" | "medium" | "large";
  busy?: boolean;
}

export function Button({ tone = "secondary", size = "medium", busy = false, children, disabled, onClick, ...rest }: ButtonProps) {
  const Element = usePrepaid().components.Button ?? "button";
  // A busy button stays in the order of focus, and does nothing.
  return (
    <Element
      type="button"
      className="pp-button"
      data-slot="button"
      data-tone={tone}
      data-size={size}
      aria-disabled={busy || undefined}
      disabled={disabled}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {busy && <Spinner />}
      {children}
    </Element>
  );
}

export function Link(props: AnchorHTMLAttributes<HTMLAnchorElement>) {
  const Element = usePrepaid().components.Link ?? "a";
  return <Element className="pp-link" {...props} />;
}

export const Spinner = () => (
  <span className="pp-spinner" data-slot="spinner">
    <Icon of={LoaderCircle} />
  </span>
);

export const Chip = ({ tone, icon, children }: { tone: string; icon?: LucideIcon | undefined; children: ReactNode }) => (
  <span className="pp-chip" data-slot="chip" data-tone={tone}>
    {icon && <Icon of={icon} size={13} />}
    {children}
  </span>
);

export const Skeleton = ({ width, height }: { width: number | string; height: number }) => (
  <span className="pp-skeleton" data-slot="skeleton" style={{ inlineSize: width, blockSize: height }} />
);

interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
}

export const Select = <Value extends string>({ label, value, options, onChange }: SelectProps<Value>) => (
  <label className="pp-select" data-slot="select">
    <span>{label}</span>
    <select value={value} onChange={(event) => onChange(event.target.value as Value)}>
      {options.map(([each, text]) => <option key={each} value={each}>{text}</option>)}
    </select>
  </label>
);
