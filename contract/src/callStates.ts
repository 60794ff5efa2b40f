/**
 * The states of one call, the same in the phone, in the ledger and on the screen.
 *
 * ```
 *  permitted ──▶ dialing ──▶ ringing ──▶ talking ◀──▶ held
 *      │            │           │           │          │
 *      └────────────┴───────────┴───────────┴──────────┴──▶ ended
 * ```
 * `dialing` may go straight to `talking` when the far end answers without ringing.
 */
export const CALL_STATES = ['permitted', 'dialing', 'ringing', 'talking', 'held', 'ended'] as const;
export type CallState = (typeof CALL_STATES)[number];

/** The states of the phone itself. `notReady` says why in its error code. */
export const PHONE_STATES = ['starting', 'ready', 'reconnecting', 'notReady'] as const;
export type PhoneState = (typeof PHONE_STATES)[number];
