// Fails on a known hole, high or critical, in what people install with the library; says when the registry cannot tell.
import { spawnSync } from "node:child_process";

const done = spawnSync("npm", ["audit", "--json", "--omit=dev", "--fetch-retries=0", "--fetch-timeout=15000"], { encoding: "utf8" });
let report;
try {
  report = JSON.parse(done.stdout);
} catch {
  report = {};
}
const counts = report.metadata?.vulnerabilities;
if (!counts) {
  console.log(`npm audit: not checked, the registry answered ${report.statusCode ?? "nothing"} (${report.message ?? "unreachable"}).`);
} else if (counts.high + counts.critical > 0) {
  for (const [name, hole] of Object.entries(report.vulnerabilities)) console.error(`${name}: ${hole.severity} (${hole.range})`);
  process.exitCode = 1;
} else {
  console.log("npm audit: no known hole, high or critical, in what the library installs.");
}
