import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { voicemailClaimText } from '@scoreline/contract';
import { callIdSchema } from '@scoreline/contract/wire';
import express from 'express';
import { wavOf } from './audio/wav.ts';

const KEPT_MESSAGES = 100;

export interface VoicemailBoxOptions {
  /** Holds one WAV a call. */
  readonly directory: string;
  readonly permitSecret: string;
  readonly nowEpochSeconds: () => number;
}

export interface VoicemailBox {
  /** Keeps a message, and of all messages the last hundred. */
  keep(callId: string, codes: Uint8Array): Promise<void>;
  /** `GET /voicemails/<callId>?expires=<epoch s>&mac=<base64url>`: the sound, to whoever the relay gave the address. */
  readonly router: express.Router;
}

/** The messages left with the switch. */
export function createVoicemailBox(options: VoicemailBoxOptions): VoicemailBox {
  const { directory } = options;
  const router = express.Router();
  router.get('/voicemails/:callId', (request, response) => {
    const { callId } = request.params;
    const { expires, mac } = request.query;
    response.set({
      'cache-control': 'private, no-store',
      // The page that plays it comes from the org.
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    if (typeof expires !== 'string' || typeof mac !== 'string' || !isSigned(options, callId, expires, mac)) {
      response.sendStatus(403);
      return;
    }
    response.sendFile(`${callId}.wav`, { root: directory, cacheControl: false }, (error) => {
      if (error !== undefined && !response.headersSent) response.sendStatus(404);
    });
  });
  return {
    router,
    async keep(callId, codes) {
      await mkdir(directory, { recursive: true });
      const file = join(directory, `${callId}.wav`);
      // Renamed into place, so that nobody plays half of it.
      await writeFile(`${file}.new`, wavOf(codes));
      await rename(`${file}.new`, file);
      // Call ids begin with their time, so the oldest come first.
      const messages = (await readdir(directory)).filter((name) => name.endsWith('.wav')).sort();
      const old = messages.slice(0, Math.max(0, messages.length - KEPT_MESSAGES));
      await Promise.all(old.map((name) => rm(join(directory, name), { force: true })));
    },
  };
}

function isSigned(
  { nowEpochSeconds, permitSecret }: VoicemailBoxOptions,
  callId: string,
  expires: string,
  mac: string,
): boolean {
  if (!/^\d{9,11}$/u.test(expires) || !callIdSchema.safeParse(callId).success) return false;
  if (Number(expires) <= nowEpochSeconds()) return false;
  const expected = createHmac('sha256', permitSecret)
    .update(voicemailClaimText(callId, Number(expires)))
    .digest();
  const given = Buffer.from(mac, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
