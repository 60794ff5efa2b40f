import { METRIC_NAMES, type SuggestedTarget } from '@scoreline/contract';
import { inForceOn, suggestedTarget } from '@scoreline/scoring';
import { weightsOf } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';
import { roleStandings } from './standings.ts';

/**
 * A target for each weighted metric, from what the active people of a role reached in a quarter, in the order of a card;
 * none of a metric that too few of them have a figure of, so that no single person's figure is told.
 *
 * @param periodStart first day of that quarter, `YYYY-MM-DD`
 * @param day on which the weights count
 */
export async function suggestedTargets(
  connection: Connection,
  orgId: string,
  {
    roleId,
    periodStart,
    day,
  }: { readonly roleId: string; readonly periodStart: string; readonly day: string },
): Promise<SuggestedTarget[]> {
  const standings = await roleStandings(connection, orgId, roleId, periodStart);
  const weights = inForceOn(await weightsOf(connection, orgId), day);
  return METRIC_NAMES.filter((metric) => (weights.get(metric)?.value ?? 0) > 0).flatMap((metric) => {
    const values = standings.flatMap(({ metrics }) => metrics[metric]?.value ?? []);
    return suggestedTarget(metric, values) ?? [];
  });
}
