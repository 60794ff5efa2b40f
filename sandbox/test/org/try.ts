import { startOrgUnderTest, PRODUCT_METADATA, assertionOf } from './orgUnderTest.ts';
import jsforce from 'jsforce';
const t0 = Date.now();
const o = await startOrgUnderTest([PRODUCT_METADATA]);
console.log('started', Date.now() - t0);
try {
  const c = new jsforce.Connection({ loginUrl: o.url, instanceUrl: o.url, version: '66.0', oauth2: { loginUrl: o.url } } as never);
  const info = await c.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: await assertionOf(o.relayKey, { audience: o.url }) } as never);
  console.log(info);
  console.log(await c.identity());
  const [accountId] = await o.org.insert('Account', [{ Name: 'Alder' }]);
  const contact = await c.sobject('Contact').create({ LastName: 'Ruiz', FirstName: 'Ana', AccountId: accountId });
  console.log(contact);
  const r = await c.sobject('Task').upsert([{ Call_Id__c: 'a', Subject: 'Call', OwnerId: o.people.rep, WhoId: contact.id, Status: 'Completed', TaskSubtype: 'Call', Talk_Seconds__c: 12 }, { Call_Id__c: 'b', Talk_Seconds__c: 'x' }] as never, 'Call_Id__c');
  console.log(JSON.stringify(r));
  console.log(JSON.stringify(await c.query("SELECT Id, Who.Name, Who.Type, Account.Name, Owner.Name, Subject, Talk_Seconds__c, CreatedDate, ActivityDate, IsClosed FROM Task WHERE Subject LIKE 'c%' AND CreatedDate = TODAY")));
  console.log(JSON.stringify(await c.query("SELECT Name, (SELECT Id, LastName FROM Contacts) FROM Account")));
  console.log(JSON.stringify(await c.query("SELECT COUNT(Id) n, MAX(CreatedDate), Status FROM Task GROUP BY Status")));
  console.log(JSON.stringify(await c.query("SELECT Nope FROM Task").catch(e => [e.errorCode, e.message])));
  console.log((await c.describe('Task')).fields.filter(f => f.name === 'TaskSubtype').map(f => [f.createable, f.updateable]));
  console.log(c.limitInfo);
  const rep = await o.connectionOf(o.people.rep);
  console.log(await rep.sobject('Task').update({ Id: r[0]!.id!, Talk_Seconds__c: 99 } as never).catch(e => [e.errorCode, e.message]));
  console.log(await rep.sobject('Task').update({ Id: r[0]!.id!, Call_Outcome__c: 'meeting' } as never).catch(e => [e.errorCode, e.message]));
  const g = await rep.request({ method: 'POST', url: '/services/data/v66.0/graphql', body: JSON.stringify({ query: `query q($o: ID) { uiapi { query { Rep_Scorecard__c(first: 5, where: {OwnerId: {eq: $o}}) { totalCount edges { node { Id Score__c @optional { value } Nope @optional { value } Rep__r { Name { value } } Metrics__r(first: 2) { edges { node { Value__c @optional { value displayValue } } } } } } } } } }`, variables: { o: o.people.rep } }), headers: { 'content-type': 'application/json' } });
  console.log(JSON.stringify(g));
  console.log(o.errors);
} finally { await o.stop(); }
