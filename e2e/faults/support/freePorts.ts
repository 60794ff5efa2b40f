import { isFree } from '../../support/serve.ts';

/** Below the ports that systems lend to outgoing connections, so that none takes a port while its server is dead. */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** The first of some neighbouring ports that nobody listens on. */
export async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const first = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST - count));
    const free = await Promise.all(Array.from({ length: count }, (_none, offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`No ${count} neighbouring ports are free`);
}
