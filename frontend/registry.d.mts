export interface RegistryItem {
  dependencies: string[];
  files: { path: string; target: string; type: string; content: string }[];
}
export function registry(): RegistryItem;
