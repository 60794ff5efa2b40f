import type { LightningElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import createToken from '@salesforce/apex/RelaySession.createToken';
import readSettings from '@salesforce/apex/ScorelineSettings.read';
import mayUsePhone from '@salesforce/customPermission/Scoreline_Phone';
import userId from '@salesforce/user/Id';
import softphoneScript from '@salesforce/resourceUrl/scorelineSoftphone';
import talkMeterUrl from '@salesforce/resourceUrl/scorelineTalkMeter';
import { OUTCOME_CODES } from 'c/callContract';
import type { Outcome, OutcomeCode, Phone, SoftphoneModule } from 'c/callContract';

export { draftOf, forgetDraft, keepDraft } from './outcomeDrafts.ts';

/** The phone of this page and what it was set up with. */
export interface StartedPhone {
  readonly phone: Phone;
  /** The outcomes a rep may choose, in their order. */
  readonly outcomes: readonly Outcome[];
  /** Whether the rep may go on without an outcome. */
  readonly isOutcomeOptional: boolean;
}

/** Rejects `startPhone` when no admin has entered where the relay is. */
export class PhoneNotSetUp extends Error {
  override readonly name = 'PhoneNotSetUp';
}

/** Rejects `startPhone` when the user has no permission set that brings the phone. */
export class PhoneNotPermitted extends Error {
  override readonly name = 'PhoneNotPermitted';
}

type GlobalWithSoftphone = typeof globalThis & { readonly ScorelineSoftphone?: SoftphoneModule };

// Module state on purpose: the phone outlasts the component, which Lightning may rebuild.
let starting: Promise<StartedPhone> | undefined;

/**
 * Starts the page's phone, or gives the one that runs. A failed start may be tried again.
 * Rejects with {@link PhoneNotPermitted}, {@link PhoneNotSetUp} or with what the platform threw.
 */
export async function startPhone(component: LightningElement): Promise<StartedPhone> {
  starting ??= start(component);
  try {
    return await starting;
  } catch (failure) {
    starting = undefined;
    throw failure;
  }
}

async function start(component: LightningElement): Promise<StartedPhone> {
  // Asked first: without it the org refuses its settings in words of its own, in the user's language.
  if (!mayUsePhone) throw new PhoneNotPermitted();
  const [settings] = await Promise.all([readSettings(), loadScript(component, softphoneScript)]);
  const softphone = (globalThis as GlobalWithSoftphone).ScorelineSoftphone;
  if (softphone === undefined) throw new Error('The softphone resource did not load.');
  if (settings.relayUrl === undefined || settings.relayUrl === '') throw new PhoneNotSetUp();
  const isOutcomeOptional = settings.isOutcomeOptional === true;
  const phone = softphone.startPhone({
    relayUrl: settings.relayUrl,
    userId,
    fetchOrgToken: () => createToken(),
    talkMeterUrl,
    isOutcomeOptional,
  });
  return { phone, outcomes: settings.outcomes.filter(isKnownOutcome), isOutcomeOptional };
}

/** An org can rename and switch off outcomes; one whose code the relay does not know could never be saved. */
function isKnownOutcome(outcome: { readonly code: string }): outcome is Outcome {
  return OUTCOME_CODES.includes(outcome.code as OutcomeCode);
}
