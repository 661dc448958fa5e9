interface Compared {
  /** Null where the later one is the first of all. */
  from: number | null;
  /** Null where there is no version at all. */
  to: number | null;
}

/** Which two versions an address asks for: the newest against the one before it, unless it says otherwise. `versions` are newest first. */
export function comparedVersions(versions: readonly number[], parameters: Pick<URLSearchParams, 'get'>): Compared {
  const known = (name: string) => {
    const version = Number(parameters.get(name) ?? Number.NaN);
    return versions.includes(version) ? version : null;
  };
  const to = known('to') ?? versions[0] ?? null;
  const earlier = versions.find((version) => to !== null && version < to) ?? null;
  const from = known('from');
  return { from: from === null || from === to ? earlier : from, to };
}
