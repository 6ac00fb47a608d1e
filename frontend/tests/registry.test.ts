// @vitest-environment node
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { expect, test } from "vitest";
import { registry } from "../registry.mjs";

const { files, dependencies } = registry();
const home = resolve(import.meta.dirname, "..");
const IMPORT = /^(?:import|export|\}).* from "([^"]+)"|^import "([^"]+)"|import\("([^"]+)"\)|^@import "([^"]+)"/gm;
const found = files.map(({ path, content }) => ({ path, imports: [...content.matchAll(IMPORT)].flatMap(([, ...names]) => names.filter(Boolean)) }));

test("what the registry hands over is the library's own source", () => {
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter(({ path, content }) => content !== readFileSync(resolve(home, path), "utf8"))).toEqual([]);
});

test("everything that those files import is among them, or is installed with them", () => {
  const handed = new Set(files.map(({ path }) => path));
  const missing = found.flatMap(({ path, imports }) =>
    imports.filter((name) => {
      if (!name.startsWith(".")) return !/^react(-dom)?(\/|$)/.test(name) && !dependencies.some((each) => name === each || name.startsWith(`${each}/`));
      const base = resolve(home, dirname(path), name).slice(home.length + 1);
      return ![base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`].some((each) => handed.has(each) && existsSync(resolve(home, each)));
    }),
  );
  expect(missing).toEqual([]);
});
