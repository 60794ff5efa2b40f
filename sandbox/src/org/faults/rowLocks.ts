/** Which running work writes to which records; the first to come holds them. */
export interface RowLocks {
  /** Takes those that are free for the holder. Answers the ids that another holds; then none is taken. */
  take(holder: object, ids: readonly string[]): readonly string[];
  release(holder: object): void;
}

export function createRowLocks(): RowLocks {
  const holders = new Map<string, object>();
  return {
    take(holder, ids) {
      const taken = ids.filter((id) => (holders.get(id) ?? holder) !== holder);
      if (taken.length === 0) for (const id of ids) holders.set(id, holder);
      return taken;
    },
    release(holder) {
      for (const [id, other] of holders) if (other === holder) holders.delete(id);
    },
  };
}
