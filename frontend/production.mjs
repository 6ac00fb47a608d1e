// Fails where the production build holds anything of the local stack: the card form, demo people, the gallery.
import { readdirSync, readFileSync } from "node:fs";

const OFFLINE = ["/_local/", "4000 0025 0000 3155", "Every component, every state"];
const assets = readdirSync("dist-check/assets").filter((name) => name.endsWith(".js"));
const holding = assets.filter((name) => OFFLINE.some((text) => readFileSync(`dist-check/assets/${name}`, "utf8").includes(text)));
if (!assets.length || holding.length) {
  console.error(`The production build must hold nothing of the local stack: ${holding.join(", ") || "nothing is built"}.`);
  process.exitCode = 1;
}
