import { join } from 'node:path';

/** V8 takes what the machine has unless it is told that a relay needs little. */
const HEAP_LIMITS = ['--max-old-space-size=256', '--max-semi-space-size=8'];

/** What Node runs as a relay of this role, as docs/operations.md has it. */
export function relayCommand(projectDirectory: string, role: 'web' | 'worker' | 'all'): string[] {
  return [...HEAP_LIMITS, join(projectDirectory, 'server/src/main.ts'), '--role', role];
}
