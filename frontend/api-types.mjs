// Writes src/client/api.ts from openapi.json; with --check, fails where the two differ.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../layers/prepaid/prepaid/web/openapi.json", import.meta.url);
const target = new URL("src/client/api.ts", import.meta.url);
const head = "// Written from openapi.json by `make page-types`; do not edit.\n\n";
const text = head + astToString(await openapiTS(source));

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("src/client/api.ts is not what openapi.json says: run `make page-types`.");
  process.exit(1);
}
