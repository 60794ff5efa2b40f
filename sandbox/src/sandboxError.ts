/** Why the sandbox could not start, in one sentence that says what to do. */
export class SandboxError extends Error {}
