/** Warns a developer whose colours are hard to read, and hands the same colours to Stripe. */

const PAIRS: [text: string, behind: string, fallback: string][] = [
  ["text", "surface", "#ffffff"],
  ["text-2", "surface", "#ffffff"],
  ["text-3", "surface", "#ffffff"],
  ["on-accent", "accent", "#5b5bd6"],
  ["accent-text", "surface", "#ffffff"],
];
const LEAST = 4.5;

const TONES = ["accent", "ok", "warn", "bad"] as const;

/** *variables*, and the softer tones of those that a host has set, which would else stay ours. */
export function withDerived(variables: Record<string, string>): Record<string, string> {
  const derived = TONES.filter((tone) => variables[tone]).flatMap((tone) => {
    const from = `var(--prepaid-${tone})`;
    const soft = [`${tone}-soft`, `color-mix(in oklab, ${from} 10%, var(--prepaid-surface))`];
    if (tone === "accent") {
      const darker = ["accent-hover", `color-mix(in oklab, ${from} 88%, black)`];
      return [soft, darker, ["accent-text", from], ["chart-1", from]];
    }
    return [soft, [`${tone}-line`, `color-mix(in oklab, ${from} 35%, var(--prepaid-surface))`], ...(tone === "bad" ? [["bad-solid", from]] : [])];
  });
  return { ...Object.fromEntries(derived), ...variables };
}

/** Write a warning for each given pair of hex colours whose contrast is under 4.5. */
export function checkContrast(variables: Record<string, string>): void {
  for (const [text, behind, fallback] of PAIRS) {
    const front = variables[text] ?? (text === "on-accent" && variables.accent ? "#ffffff" : undefined);
    const ratio = front && contrast(front, variables[behind] ?? fallback);
    if (ratio && ratio < LEAST) {
      // eslint-disable-next-line no-console -- for the developer, in development only
      console.warn(`Prepaid: --prepaid-${text} on --prepaid-${behind} has contrast ${ratio.toFixed(2)}; text needs ${LEAST}.`);
    }
  }
}

/** The WCAG contrast of two hex colours, null where one is no hex colour. */
export function contrast(one: string, other: string): number | null {
  const [a, b] = [luminance(one), luminance(other)];
  return a === null || b === null ? null : (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: string): number | null {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour.trim())?.[1];
  if (!hex) return null;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((start) => {
    const part = parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Stripe's `appearance`, read from the variables as they hold at *element*. */
export function stripeAppearance(element: Element) {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--prepaid-${name}`).trim();
  return {
    theme: "stripe" as const,
    variables: {
      colorPrimary: read("accent"),
      colorBackground: read("surface"),
      colorText: read("text"),
      colorTextSecondary: read("text-2"),
      colorTextPlaceholder: read("text-3"),
      colorDanger: read("bad"),
      borderRadius: "8px",
      fontFamily: style.fontFamily,
      fontSizeBase: "14px",
    },
    rules: { ".Input": { border: `1px solid ${read("control")}`, boxShadow: "none" } },
  };
}
