import type { RunningSandbox } from './sandbox.ts';

/** A new campaign of these contacts, by their full names, in this order. */
export async function createCampaign(
  sandbox: RunningSandbox,
  name: string,
  people: readonly string[],
): Promise<void> {
  const connection = await sandbox.connectionOf(sandbox.people.maya);
  const { records } = await connection.query<{ Id: string; Name: string }>('SELECT Id, Name FROM Contact');
  const idOf = new Map(records.map((record) => [record.Name, record.Id]));
  const campaign = await connection.create('Campaign', { Name: name, IsActive: true, Status: 'In Progress' });
  for (const person of people)
    await connection.create('CampaignMember', {
      CampaignId: String(campaign.id),
      ContactId: idOf.get(person) ?? '',
    });
}
