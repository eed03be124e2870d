/**
 * Many paths in little space: folders once, names after each other. Paths of rules are long and alike, and
 * both what is written to the cache and what is parsed at start-up shrink to less than half.
 */
export type PathTable = {
  readonly folders: readonly string[];
  /** By path: index of its folder, then its name behind the slash. */
  readonly folderOf: readonly number[];
  readonly names: readonly string[];
};

export function packPaths(paths: readonly string[]): PathTable {
  const indices = new Map<string, number>();
  const folderOf: number[] = [];
  const names: string[] = [];
  for (const path of paths) {
    const slash = path.lastIndexOf('/') + 1;
    const folder = path.slice(0, slash);
    let index = indices.get(folder);
    if (index === undefined) {
      index = indices.size;
      indices.set(folder, index);
    }
    folderOf.push(index);
    names.push(path.slice(slash));
  }
  return { folders: [...indices.keys()], folderOf, names };
}

export function openPaths({ folders, folderOf, names }: PathTable): string[] {
  return names.map((name, i) => folders[folderOf[i]!]! + name);
}
