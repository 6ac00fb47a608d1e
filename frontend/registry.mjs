// Writes dist-registry/prepaid.json: the library's own sources as a shadcn registry item, for a team that wants to own them.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL(".", import.meta.url));
const files = (path) => (statSync(home + path).isDirectory() ? readdirSync(home + path).sort().flatMap((name) => files(`${path}/${name}`)) : [path]);

export function registry() {
  const { description, dependencies, peerDependencies } = JSON.parse(readFileSync(`${home}package.json`, "utf8"));
  const needed = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !/^react(-dom)?$/.test(name));
  return {
    $schema: "https://ui.shadcn.com/schema/registry-item.json",
    name: "prepaid",
    type: "registry:block",
    title: "Prepaid",
    description,
    dependencies: needed,
    files: files("src").map((path) => ({
      path,
      target: path.replace(/^src/, "components/prepaid"),
      type: "registry:file",
      content: readFileSync(home + path, "utf8"),
    })),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(`${home}dist-registry`, { recursive: true });
  writeFileSync(`${home}dist-registry/prepaid.json`, JSON.stringify(registry(), null, 2));
}
