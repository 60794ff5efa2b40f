import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Figures, ScorecardInput, TeamBase } from '@scoreline/scoring';
import {
  placeAmong,
  scoreChange,
  scorecardOf,
  scoreFunctionOf,
  sharesOf,
  teamBaseOf,
  verdictAmong,
} from '@scoreline/scoring';
import { figuresWith } from '../support/figures.ts';
import { randomFrom, type SeededRandom } from '../support/random.ts';
import { conversationShare, quarterOfRep, trueRep, type TrueRep } from '../support/simulatedTeam.ts';

const REPS = 20;
const TEAMS = 120;
/** Of sixty working days; nobody comes near a cap, where a range could not be tested. */
const TARGETS = { connectRate: 0.4, conversations: 160, connects: 300, talkSeconds: 40_000 };
const WEIGHTS = Object.fromEntries(
  Object.keys(TARGETS).map((metric) => [metric, { weight: 25, floor: null, cap: null }]),
) as ScorecardInput['weights'];

function inputFor(figures: Figures, base: TeamBase): ScorecardInput {
  return { figures, base, targets: TARGETS, weights: WEIGHTS };
}

/** What the card would say if the rep's true rates were known. */
function trueScore(rep: TrueRep, figures: Figures): number {
  const scoreAt = scoreFunctionOf(inputFor(figures, {}));
  assert.ok(scoreAt);
  return scoreAt(figures, {
    connect: rep.connectShare,
    conversation: conversationShare(rep),
    connectTalkSeconds: rep.talkSeconds,
    otherTalkSeconds: 0,
  });
}

interface SimulatedRep {
  readonly rep: TrueRep;
  readonly before: Figures;
  readonly now: Figures;
}

function simulatedTeam(random: SeededRandom): { reps: SimulatedRep[]; base: TeamBase } {
  const reps = Array.from({ length: REPS }, () => {
    const rep = trueRep(random);
    const daysWorked = 20 + Math.floor(random.fraction() * 41);
    return { rep, before: quarterOfRep(rep, random), now: quarterOfRep(rep, random, { daysWorked }) };
  });
  return { reps, base: teamBaseOf(reps.map(({ before }) => sharesOf(before))) };
}

function rangedCard(figures: Figures, base: TeamBase) {
  const { score, scoreLow, scoreHigh, alternatives } = scorecardOf(inputFor(figures, base));
  assert.ok(score !== null && scoreLow !== null && scoreHigh !== null);
  return { score, scoreLow, scoreHigh, alternatives };
}

function pacedCard(figures: Figures, base: TeamBase) {
  const { score, paceLow, paceHigh } = scorecardOf(inputFor(figures, base));
  assert.ok(score !== null && paceLow !== null && paceHigh !== null);
  return { score, scoreLow: paceLow, scoreHigh: paceHigh };
}

test('the range of the score holds the true score in 93 to 97 of 100 rep-quarters', () => {
  const random = randomFrom(60_601);
  let held = 0;
  for (let team = 0; team < TEAMS; team += 1) {
    const { reps, base } = simulatedTeam(random);
    for (const { rep, now } of reps) {
      const { scoreLow, scoreHigh } = rangedCard(now, base);
      const truth = trueScore(rep, now);
      if (scoreLow <= truth && truth <= scoreHigh) held += 1;
    }
  }
  const share = held / (TEAMS * REPS);
  assert.ok(share >= 0.93 && share <= 0.97, `${held} of ${TEAMS * REPS}`);
});

test('of reps who did not change, at most one in twenty has a score that is called improved', () => {
  const random = randomFrom(11_072);
  let called = 0;
  for (let team = 0; team < TEAMS; team += 1) {
    const { reps, base } = simulatedTeam(random);
    const changes = reps.map(({ before, now }) => scoreChange(pacedCard(now, base), pacedCard(before, base)));
    for (const [index, change] of changes.entries()) {
      const others = changes.filter((_, other) => other !== index).map(({ pValue }) => pValue);
      if (verdictAmong(change, others, null) === 'improved') called += 1;
    }
  }
  assert.ok(called / (TEAMS * REPS) <= 0.05, `${called} of ${TEAMS * REPS}`);
});

test('ranks by the score err less than ranks by raw rates, and less than ranks by plain target attainment', () => {
  const random = randomFrom(90_210);
  const errors = { score: 0, rawRates: 0, attainment: 0 };
  for (let team = 0; team < TEAMS; team += 1) {
    const { reps, base } = simulatedTeam(random);
    // Merit is what a rep's true rates, those of dialing too, give over a whole quarter.
    const merits = reps.map(({ rep }) => {
      const totals = { dials: rep.dialsPerDay * 60 };
      return trueScore(rep, figuresWith(totals, { workingDays: 60, daysAvailable: 60, daysWorked: 60 }));
    });
    const ranked = {
      score: reps.map(({ now }) => rangedCard(now, base).score),
      rawRates: reps.map(({ now: { totals } }) => totals.conversations / totals.dials),
      attainment: reps.map(({ now }) => plainAttainment(now)),
    };
    for (const way of Object.keys(errors) as (keyof typeof errors)[])
      errors[way] += rankError(ranked[way], merits) / TEAMS;
  }
  assert.ok(errors.score < errors.rawRates, JSON.stringify(errors));
  assert.ok(errors.score < errors.attainment, JSON.stringify(errors));
});

/** What a rep has of the whole quarter's targets, however long the rep was there. */
function plainAttainment({ totals }: Figures): number {
  const shares = [
    totals.connects / totals.dials / TARGETS.connectRate,
    totals.connects / TARGETS.connects,
    totals.conversations / TARGETS.conversations,
    totals.talkSeconds / TARGETS.talkSeconds,
  ];
  return shares.reduce((sum, share) => sum + Math.min(share, 1), 0);
}

/** How many places the ranks are off on average. */
function rankError(values: readonly number[], truths: readonly number[]): number {
  const rankOf = (numbers: readonly number[], own: number) =>
    numbers.filter((other) => other > own).length + numbers.filter((other) => other === own).length / 2;
  const off = values.map((value, index) =>
    Math.abs(rankOf(values, value) - rankOf(truths, truths[index] ?? 0)),
  );
  return off.reduce((sum, places) => sum + places, 0) / values.length;
}

test('a rank’s range holds the true rank in at least 95 of 100 rep-quarters', () => {
  const random = randomFrom(3_141);
  let held = 0;
  const teams = 40;
  for (let team = 0; team < teams; team += 1) {
    const { reps, base } = simulatedTeam(random);
    const truths = reps.map(({ rep, now }) => trueScore(rep, now));
    const cards = reps.map(({ now }) => rangedCard(now, base));
    for (const [index, card] of cards.entries()) {
      const { rankLow, rankHigh } = placeAmong(
        card,
        cards.filter((_, other) => other !== index),
      );
      const truth = 1 + truths.filter((other) => other > (truths[index] ?? 0)).length;
      if (rankLow <= truth && truth <= rankHigh) held += 1;
    }
  }
  assert.ok(held / (teams * REPS) >= 0.95, `${held} of ${teams * REPS}`);
});
