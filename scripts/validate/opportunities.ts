import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fitShareSpread, shrunkShare, testHomogeneity, type Share } from '@scoreline/scoring';
import { parse } from 'csv-parse/sync';
import type { Findings } from '../validate.ts';

/** Reps whose win rates differ no more than chance at this level can't be told apart. */
const LEVEL = 0.05;

/**
 * The win rates of the sales agents of the public set "CRM Sales Opportunities" (Maven Analytics), shrunk to what is
 * known of them, and whether the agents can be told apart at all.
 *
 * @param dataFolder holds `sales_pipeline.csv`
 */
export async function validate(dataFolder: string): Promise<Findings> {
  const agents = closedDealsByAgent(await readFile(join(dataFolder, 'sales_pipeline.csv'), 'utf8'));
  const shares = [...agents.values()];
  const spread = fitShareSpread(shares);
  const test = testHomogeneity(shares);
  if (spread === null || test === null) return ['No closed deals of two agents or more.'];
  const lines = [...agents]
    .map(([agent, share]) => ({ agent, share, shrunk: shrunkShare(share, spread) }))
    .sort((left, right) => left.agent.localeCompare(right.agent, 'en'))
    .map(({ agent, share: { successes, trials }, shrunk: { value, low, high } }) =>
      [
        agent.padEnd(20),
        `won ${successes} of ${trials}`.padEnd(16),
        `${percent(successes / trials)} as counted, ${percent(value)} as known (${percent(low)} to ${percent(high)})`,
      ].join(' '),
    );
  const { chiSquare, degreesOfFreedom, pValue } = test;
  return [
    ...lines,
    '',
    `${agents.size} agents, ${percent(spread.mean)} won. An agent's own deals outweigh the team's after ${Math.round(spread.trialsToOutweigh)} deals.`,
    `χ² = ${chiSquare.toFixed(2)}, df ${degreesOfFreedom}, p = ${pValue.toFixed(3)}`,
    pValue > LEVEL ? 'The agents cannot be told apart.' : 'The agents can be told apart.',
  ];
}

function closedDealsByAgent(csv: string): Map<string, Share> {
  const agents = new Map<string, Share>();
  const deals: Record<string, string>[] = parse(csv, { columns: true });
  for (const { sales_agent: agent = '', deal_stage: stage } of deals) {
    if (stage !== 'Won' && stage !== 'Lost') continue;
    const { successes, trials } = agents.get(agent) ?? { successes: 0, trials: 0 };
    agents.set(agent, { successes: successes + (stage === 'Won' ? 1 : 0), trials: trials + 1 });
  }
  return agents;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
