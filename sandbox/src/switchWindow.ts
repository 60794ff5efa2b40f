import express from 'express';
import { inboundRequestSchema, type LocalSwitch } from './pbx/index.ts';

/**
 * A window on the switch for tests and the curious: its calls with what each side heard, and a bell to have a
 * simulated caller ring a user.
 */
export function switchWindow(localSwitch: LocalSwitch): express.Router {
  const router = express.Router();
  router.get('/calls', (_request, response) => {
    response.json({ calls: localSwitch.calls(), unsentEvents: localSwitch.unsentEvents });
  });
  router.post('/inbound', express.json(), (request, response) => {
    const asked = inboundRequestSchema.safeParse(request.body);
    if (asked.success) response.status(201).json({ callId: localSwitch.callIn(asked.data) });
    else
      response.status(400).json({ message: `Wrong: ${asked.error.issues[0]?.path.join('.') || 'the body'}` });
  });
  return router;
}
