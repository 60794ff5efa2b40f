import { entry } from './errorEntry.ts';

/** What can be wrong with microphone, sound and line. Rows of the one error table. */
export const SOUND_ERRORS = {
  microphoneBlocked: entry(
    'SC-601',
    0,
    'Microphone blocked.',
    'Click the icon left of the address, allow Microphone, then check again.',
    true,
  ),
  microphonePolicy: entry(
    'SC-630',
    0,
    'Salesforce does not let this page use the microphone.',
    'Ask your admin to allow the microphone in the org’s Permissions-Policy and Trusted URLs, then reload.',
    false,
  ),
  microphoneBusy: entry(
    'SC-631',
    0,
    'The microphone can’t be opened.',
    'Another program may hold it. Close that, or choose another microphone, then check again.',
    true,
  ),
  microphoneSilent: entry(
    'SC-632',
    0,
    'The microphone hears nothing.',
    'Switch off the mute of the headset or the system, or choose another microphone. Speak while it is checked.',
    true,
  ),
  microphoneMissing: entry('SC-602', 0, 'No microphone found.', 'Plug in a headset, then check again.', true),
  echoRefused: entry(
    'SC-634',
    0,
    'The echo test is not available.',
    'The phone service did not answer it. Calls may still work; ask your admin if they don’t.',
    true,
  ),
  turnUnreachable: entry(
    'SC-611',
    0,
    'The media server does not answer.',
    'Calls may have no sound on this network. Try another network, or ask your admin to open it.',
    true,
  ),
  codecMissing: entry(
    'SC-612',
    0,
    'This browser and the phone service share no sound format.',
    'Update the browser. If it stays, ask your admin.',
    false,
  ),
  linePoor: entry(
    'SC-613',
    0,
    'The line is too poor for a good call.',
    'Try a cable instead of Wi-Fi, or close what uses the network.',
    true,
  ),
} as const;
