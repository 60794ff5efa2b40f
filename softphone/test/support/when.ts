/** Resolves with what is looked for, as soon as it is there. */
export async function found<Value>(find: () => Value | undefined): Promise<Value> {
  for (;;) {
    const value = find();
    if (value !== undefined) return value;
    await new Promise(setImmediate);
  }
}

/** Resolves when the condition holds. */
export async function when(holds: () => boolean): Promise<void> {
  await found(() => (holds() ? true : undefined));
}
