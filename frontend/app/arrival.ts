/** A page that replaces another one in place takes the focus with it. */
import { useEffect, useRef, type RefObject } from "react";

/** For the heading of such a page; a page that was loaded leaves the focus where it is. */
export function useArrival(takesFocus: boolean): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return heading;
}
