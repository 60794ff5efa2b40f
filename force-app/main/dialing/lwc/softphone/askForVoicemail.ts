import { ERRORS } from 'c/callContract';
import type { ErrorName, Phone } from 'c/callContract';
import type { PlayedVoicemail } from 'c/recentCalls';

/** Where the message of a call is played, or why it cannot be. */
export async function askForVoicemail(phone: Phone, callId: string): Promise<PlayedVoicemail> {
  try {
    return { callId, url: await phone.voicemailUrl(callId) };
  } catch (failure) {
    const isKnown = failure instanceof Error && failure.message in ERRORS;
    const { message, meaning } = ERRORS[isKnown ? (failure.message as ErrorName) : 'voicemailUnavailable'];
    return { callId, trouble: `${message} ${meaning}` };
  }
}
