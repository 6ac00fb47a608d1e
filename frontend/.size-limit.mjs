// The budgets: what a page loads before anything is pressed, with every chunk that it imports at once.
import { readFileSync } from "node:fs";

function closure(directory, entry) {
  const manifest = JSON.parse(readFileSync(`${directory}/.vite/manifest.json`, "utf8"));
  const found = new Set();
  const visit = (name) => {
    const chunk = manifest[name];
    if (!chunk || found.has(`${directory}/${chunk.file}`)) return;
    found.add(`${directory}/${chunk.file}`);
    (chunk.imports ?? []).forEach(visit);
  };
  visit(entry);
  return [...found];
}

export default [
  { name: "app, first load with React and Query", path: closure("dist-check", "index.html"), gzip: true, limit: "120 KB" },
  { name: "CreditBalance compact, beside React and Query", path: closure("dist-size", "size/compact.tsx"), gzip: true, limit: "15 KB" },
  { name: "chart", path: "dist-check/assets/UsageChart-*.js", gzip: true, limit: "35 KB" },
];
