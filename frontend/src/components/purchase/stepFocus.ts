/** Keeps the focus inside the purchase when a step goes, and with it the button that was pressed. */
import { useEffect, useRef, type RefObject } from "react";

/** Move the focus to what *step* begins with, where the last step took it away; a bank's frame keeps it. */
export function useStepFocus(step: "choosing" | "paying" | "declined" | "bank" | "result"): RefObject<HTMLDivElement | null> {
  const view = useRef<HTMLDivElement>(null);
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    const active = document.activeElement;
    const isLost = !active || active === document.body || active.closest("[hidden]") !== null;
    const start = step === "choosing" ? "input:checked" : step === "bank" || step === "result" ? ".pp-outcome h3" : ".pp-dialog-title";
    if (isLost) view.current?.querySelector<HTMLElement>(start)?.focus();
  }, [step]);
  return view;
}
