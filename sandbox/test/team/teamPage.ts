import { join } from 'node:path';
import { createLightning } from '../../src/lightning/index.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../org/orgUnderTest.ts';
import { insertTeams, type TeamPlan } from './insertTeams.ts';

const PROJECT_DIRECTORY = join(import.meta.dirname, '../../..');

/** The Lightning page beside an org that holds a team's scorecards, without a relay: nothing in it moves by itself. */
export interface TeamPage {
  readonly org: OrgUnderTest;
  readonly url: string;
  /** Whose board it is. */
  readonly managerName: string;
  stop(): Promise<void>;
}

export async function startTeamPage(plan: TeamPlan): Promise<TeamPage> {
  const org = await startOrgUnderTest([join(PROJECT_DIRECTORY, 'force-app')]);
  try {
    await insertTeams(org, plan);
    const lightning = await createLightning({
      projectDirectory: PROJECT_DIRECTORY,
      cacheDirectory: join(PROJECT_DIRECTORY, 'build', 'lightning'),
      instanceUrl: org.url,
      connectSources: [],
      mediaSources: [],
      onProgress: () => undefined,
    });
    org.application.use(lightning.router);
    return {
      org,
      url: org.url,
      managerName: 'Ingrid Bauer',
      stop: () => lightning.close().then(() => org.stop()),
    };
  } catch (error) {
    await org.stop();
    throw error;
  }
}
