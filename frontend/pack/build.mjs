// Packs the library as npm would publish it, installs that into a fresh app, and builds the app with React 19 and with 18.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build } from "vite";

const home = fileURLToPath(new URL("..", import.meta.url));
const app = `${home}.pack/app`;
const installed = `${app}/node_modules/@prepaid/react`;
const run = (command, ...words) => execFileSync(command, words, { cwd: home, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const files = (path) => (statSync(path).isDirectory() ? readdirSync(path).filter((name) => name !== "node_modules").sort().flatMap((name) => files(`${path}/${name}`)) : [path]);
const digest = createHash("sha256");
for (const file of ["src", "pack", "package.json", "package-lock.json", "vite.lib.config.ts"].flatMap((name) => files(home + name))) digest.update(file).update(readFileSync(file));
const stamp = `${home}.pack/.built-from`;
const sources = digest.digest("hex");
if (existsSync(stamp) && readFileSync(stamp, "utf8") === sources) process.exit();

rmSync(`${home}.pack`, { recursive: true, force: true });
cpSync(`${home}pack/app`, app, { recursive: true });
run("npm", "run", "--silent", "build:lib");
const [{ filename }] = JSON.parse(run("npm", "pack", "--json", "--ignore-scripts", "--pack-destination", `${home}.pack`));
mkdirSync(installed, { recursive: true });
run("tar", "--extract", "--file", `${home}.pack/${filename}`, "--strip-components", "1", "--directory", installed);
run("npx", "tsc", "-p", app);

// Everything else is found in this project's own node_modules, above: nothing is fetched.
const older = ["react", "react-dom"].map((name) => ({ find: new RegExp(`^${name}(?=$|/)`), replacement: `${home}pack/react-18/node_modules/${name}` }));
for (const [version, alias] of [["19", []], ["18", older]]) {
  await build({
    root: app,
    configFile: false,
    logLevel: "warn",
    base: "./",
    plugins: [react()],
    resolve: { alias },
    build: { outDir: `${home}.pack/react-${version}`, emptyOutDir: true, target: "es2022" },
  });
}
cpSync(`${app}/plain.html`, `${home}.pack/plain/plain.html`);
cpSync(`${installed}/dist`, `${home}.pack/plain`, { recursive: true });
writeFileSync(stamp, sources);
