import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createSoqlCheck } from '@scoreline/sandbox/soqlCheck';
import { readApex } from '../apex/apexQueries.ts';
import { queryFaults } from '../apex/checkQueries.ts';
import { ruleFaults } from '../apex/checkRules.ts';
import { typeFaults } from '../apex/checkTypes.ts';
import { JavaMissing, runJava } from '../apex/runJava.ts';
import { readServerSource } from '../apex/serverQueries.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const PLANTED = 'force-app/main/planted/classes';
const META = `<?xml version="1.0" encoding="UTF-8" ?>
<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>66.0</apiVersion><status>Active</status></ApexClass>`;

let copy = '';

before(() => {
  copy = mkdtempSync(join(tmpdir(), 'scoreline-apex-'));
  for (const part of ['force-app', 'force-app-settings', 'sfdx-project.json', 'server/src/crm'])
    cpSync(join(PROJECT, part), join(copy, part), {
      recursive: true,
      filter: (path) => !/[\\/](?:lwc|staticresources|test)(?:[\\/]|$)/u.test(path.slice(PROJECT.length)),
    });
});
after(() => rmSync(copy, { recursive: true, force: true }));

/** Plants classes with these bodies among the project's own, in the place of those planted before. */
function plant(...classes: readonly { readonly body: string; readonly sharing?: string }[]): void {
  rmSync(join(copy, PLANTED), { recursive: true, force: true });
  mkdirSync(join(copy, PLANTED), { recursive: true });
  for (const [index, { body, sharing = 'with sharing ' }] of classes.entries()) {
    const file = join(copy, placeOf(index));
    writeFileSync(file, `public ${sharing}class Planted${index} {\n${body}\n}\n`);
    writeFileSync(`${file}-meta.xml`, META);
  }
}

function placeOf(index: number): string {
  return `${PLANTED}/Planted${index}.cls`;
}

/** A method of which only this statement is of interest. */
const statement = (text: string): string => `public static void run() {\n${text}\n}`;

describe('the type check of Apex', () => {
  const planted: [name: string, text: string, fault: RegExp][] = [
    [
      'an unknown method',
      "List<String> ids = new List<String>();\nids.append('x');",
      /:4:\d+ No matching method/u,
    ],
    ['a wrong type', "Integer count = 'many';", /:3:\d+ Incompatible types/u],
    [
      'a field that a custom object lacks',
      'String key = new Rep_Scorecard__c().Nope__c;',
      /Unknown field 'Nope__c'/u,
    ],
    ['a field that a Task lacks', 'Task call = new Task(Nope__c = 1);', /Unknown field 'Nope__c'/u],
    ['an object that does not exist', 'Nothing__c none = null;', /No type declaration found/u],
  ];
  const right = statement("Task call = new Task(Call_Id__c = 'x');\nSystem.debug(call);");
  let faults: readonly string[] = [];
  before(() => {
    plant(...planted.map(([, text]) => ({ body: statement(text) })), { body: right });
    faults = typeFaults(PROJECT, copy);
  });

  for (const [index, [name, , fault]] of planted.entries())
    it(`finds ${name}`, () => {
      const own = faults.filter((each) => each.startsWith(placeOf(index)));
      assert.equal(own.length, 1, faults.join('\n'));
      assert.match(own[0] ?? '', fault);
    });

  it('finds nothing else', () => assert.equal(faults.length, planted.length, faults.join('\n')));
});

describe('the rules for Apex', () => {
  const planted: [rule: string, body: string, sharing?: string][] = [
    ['ApexSharingViolations', statement('delete [SELECT Id FROM Task WITH USER_MODE];'), ''],
    ['ApexCRUDViolation', statement("insert new Contact(LastName = 'x');")],
    [
      'ApexSOQLInjection',
      "public static List<Task> run(String name) {\nreturn Database.query('SELECT Id FROM Task WHERE Subject = ' + name);\n}",
    ],
    ['EmptyCatchBlock', statement('try {\nSystem.debug(1);\n} catch (Exception error) {\n}')],
    ['AvoidHardcodingId', statement("Id owner = '005000000000001AAA';\nSystem.debug(owner);")],
  ];
  let faults: readonly string[] = [];
  before(() => {
    plant(...planted.map(([, body, sharing]) => ({ body, ...(sharing === undefined ? {} : { sharing }) })));
    faults = ruleFaults(PROJECT, copy);
  });

  for (const [index, [rule]] of planted.entries())
    it(`finds ${rule}`, () => {
      const own = faults.filter((each) => each.startsWith(placeOf(index)));
      assert.ok(
        own.some((each) => each.includes(rule)),
        faults.join('\n'),
      );
    });

  it('finds nothing in the project’s own Apex', () =>
    assert.deepEqual(
      faults.filter((each) => !each.startsWith(PLANTED)),
      [],
    ));
});

describe('the check of queries', () => {
  const planted: [name: string, text: string, fault: RegExp][] = [
    [
      'a field that does not exist',
      'List<Task> all = [SELECT Id, Nope FROM Task];',
      /No such column 'Nope'/u,
    ],
    [
      'an object that does not exist',
      'List<SObject> all = [SELECT Id FROM Nothing];',
      /'Nothing' is not supported/u,
    ],
    [
      'a wrong field of a parent in a condition',
      "List<Contact> all = [SELECT Id FROM Contact WHERE Account.Nope = 'x'];",
      /No such column 'Nope'/u,
    ],
    [
      'a wrong field beside a bound value',
      'Set<Id> ids = new Set<Id>();\nList<Task> all = [SELECT Id FROM Task WHERE Nope IN :ids WITH USER_MODE LIMIT :ids.size()];',
      /No such column 'Nope'/u,
    ],
    [
      'a custom name that nothing has',
      'Object value = new Task().Nope__c;',
      /Nope__c is the name of nothing/u,
    ],
    [
      'a query that is put together',
      "String of = 'Task';\nDatabase.query('SELECT Id FROM ' + of);",
      /cannot be checked/u,
    ],
  ];
  let faults: readonly string[] = [];
  before(() => {
    plant(...planted.map(([, text]) => ({ body: statement(text) })));
    faults = queryFaults(copy);
  });

  for (const [index, [name, , fault]] of planted.entries())
    it(`finds ${name} in Apex`, () => {
      const own = faults.filter((each) => each.startsWith(placeOf(index)));
      assert.ok(
        own.some((each) => fault.test(each)),
        faults.join('\n'),
      );
    });

  it('finds nothing else', () =>
    assert.deepEqual(
      faults.filter((each) => !each.startsWith(PLANTED)),
      [],
    ));

  it('finds the queries of the project’s own Apex, bound values and all', () => {
    plant({
      body: statement('List<Task> all = [SELECT Id FROM Task WHERE Id IN :new Set<Id>() LIMIT :2 + 1];'),
    });
    assert.deepEqual(queryFaults(copy), []);
    const { queries } = readApex(
      'class A { void b() { for (Task t : [SELECT Id FROM Task WHERE Call_Id__c IN :ids WITH USER_MODE LIMIT :MOST]) {} } }',
    );
    assert.deepEqual(queries, [{ line: 1, soql: 'SELECT Id FROM Task WHERE Call_Id__c IN (null)  LIMIT 1' }]);
  });

  const check = createSoqlCheck([join(PROJECT, 'force-app')]);
  const faultsOf = (source: string): (string | null)[] =>
    readServerSource('planted.ts', source).map(({ soql }) => check.faultOf(soql));

  it('finds what is wrong in the relay’s queries', () => {
    const sources: [source: string, fault: RegExp][] = [
      ["query('SELECT Id, Nope FROM Task');", /No such column 'Nope'/u],
      ["query(`SELECT Id FROM Task WHERE Nope IN (${ids.join(', ')})`);", /No such column 'Nope'/u],
      [
        "copy({ objectName: 'OpportunityFieldHistory', fields: ['Id', 'SystemModstamp'] });",
        /'SystemModstamp'/u,
      ],
      ["copy({ objectName: 'Lead', fields: ['Id'], firstCondition: 'DoNotPhone = true' });", /'DoNotPhone'/u],
    ];
    for (const [source, fault] of sources) {
      const [found] = faultsOf(source);
      assert.match(found ?? 'nothing', fault, source);
    }
  });

  it('passes what the relay may write', () => {
    const right = `
      query(\`SELECT Id FROM Task WHERE Call_Id__c IN (\${ids.join(', ')}) LIMIT \${most}\`);
      query(\`SELECT \${fields.join(', ')} FROM \${objectName}\`);
      query(\`SELECT Id \${from} LIMIT 1\`);
      copy({ objectName: 'Opportunity', fields: ['Id', 'StageName', ...more] });`;
    assert.deepEqual(faultsOf(right), [null, null]);
  });
});

it('says plainly what to install where there is no Java', () => {
  const path = process.env['PATH'];
  process.env['PATH'] = copy;
  try {
    assert.throws(() => runJava(PROJECT, 'Any', []), {
      name: 'JavaMissing',
      message: /openjdk-17-jre-headless/u,
    });
    assert.throws(() => typeFaults(PROJECT, copy), JavaMissing);
  } finally {
    process.env['PATH'] = path;
  }
});
