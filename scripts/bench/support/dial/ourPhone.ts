import type { Page } from '@playwright/test';
import type { Phone } from '@scoreline/contract';
import { openContact, signIn } from '../../../../e2e/support/callFlow.ts';
import type { RunningSandbox, SandboxUser } from '../../../../e2e/support/sandbox.ts';
import { installProbe, marksWith, resetMarks } from './pageProbe.ts';

const CONTACT = 'Bench Prospect';
/** Plays an announcement at once and answers after it: the first sound does not wait for somebody to pick up. */
const ANNOUNCES = '+44 20 7946 0200';
/** A caller whom no record has: one who is known has their record opened over the contact of the bench. */
const STRANGER = '+13035550190';
/** Talks until the rep hangs up. */
const TALKS = '+44 20 7946 0100';

export interface DialTimes {
  readonly clickToInviteMs: number;
  readonly permitMs: number;
  readonly clickToAudioMs: number;
}

/** Scoreline's phone on the Lightning page, as a rep uses it. */
export interface OurPhone {
  readonly page: Page;
  /** Clicks the number that announces; ends the call once its sound is heard. */
  dial(): Promise<DialTimes>;
  /** Clicks the number that talks; resolves when it is talked. */
  talk(): Promise<void>;
  /** From the click on Answer to the 200, in ms. */
  answer(): Promise<number>;
  /** Ends what is up and saves its outcome. */
  end(): Promise<void>;
}

type PhonePage = typeof globalThis & { ScorelineSoftphone: { startPhone(options: object): Phone } };

/** Makes the contact that is dialed in all that follows. */
export async function addProspect(sandbox: RunningSandbox, user: SandboxUser): Promise<void> {
  const connection = await sandbox.connectionOf(user);
  const [firstName, lastName] = CONTACT.split(' ');
  await connection
    .sobject('Contact')
    .create({ FirstName: firstName, LastName: lastName, MobilePhone: ANNOUNCES, Phone: TALKS });
}

/** Signs in, and opens the prospect's record. */
export async function openOurPhone(
  page: Page,
  sandbox: RunningSandbox,
  user: SandboxUser,
): Promise<OurPhone> {
  await installProbe(page);
  await signIn(page, sandbox, user);
  await openContact(page, CONTACT);
  await isReady(page);

  async function click(name: string | RegExp): Promise<void> {
    // Chromium gives a page that nobody looks at less of the processor.
    await page.bringToFront();
    await resetMarks(page);
    await page.getByRole('button', { name }).first().click();
  }

  async function end(): Promise<void> {
    await page.evaluate(() => (globalThis as PhonePage).ScorelineSoftphone.startPhone({}).hangUp());
    // A form is there once the call has ended, and the page hears of the end before.
    await page.waitForFunction(() => {
      const { call } = (globalThis as PhonePage).ScorelineSoftphone.startPhone({}).snapshot;
      return call === undefined || call.state === 'ended';
    });
    await page.evaluate(async () => {
      const phone = (globalThis as PhonePage).ScorelineSoftphone.startPhone({});
      if (phone.snapshot.call !== undefined) await phone.saveOutcome({ outcome: 'noAnswer', note: '' });
    });
    await isReady(page);
  }

  return {
    page,
    async dial() {
      await click(`Call ${CONTACT}, mobile`);
      const { clickMs, inviteMs, permitAskedMs, permittedMs, audioMs } = await marksWith(
        page,
        'inviteMs',
        'audioMs',
      );
      await end();
      return {
        clickToInviteMs: inviteMs - clickMs,
        permitMs: permittedMs - permitAskedMs,
        clickToAudioMs: audioMs - clickMs,
      };
    },
    async talk() {
      await click(`Call ${CONTACT}, office`);
      await marksWith(page, 'audioMs');
      await page.waitForFunction(
        () => (globalThis as PhonePage).ScorelineSoftphone.startPhone({}).snapshot.call?.state === 'talking',
      );
    },
    async answer() {
      const { status } = await fetch(`${sandbox.url}/sandbox/switch/inbound`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ userId: user.userId, from: STRANGER }),
      });
      if (status !== 201) throw new Error(`The switch took no inbound call: ${status}`);
      await click(/^Answer/u);
      const { clickMs, answerMs } = await marksWith(page, 'answerMs');
      await marksWith(page, 'audioMs');
      await end();
      return answerMs - clickMs;
    },
    end,
  };
}

async function isReady(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { ScorelineSoftphone } = globalThis as Partial<PhonePage>;
    if (ScorelineSoftphone === undefined) return false;
    const { phoneState, call } = ScorelineSoftphone.startPhone({}).snapshot;
    return phoneState === 'ready' && call === undefined;
  });
}
