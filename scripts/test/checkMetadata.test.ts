import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { metadataFaults, readMetadataTypes } from '../checkMetadata.ts';

const types = readMetadataTypes(fileURLToPath(new URL('../..', import.meta.url)));

function faultsOf(root: string, body: string): string[] {
  return metadataFaults(types, `<${root} xmlns="http://soap.sforce.com/2006/04/metadata">${body}</${root}>`);
}

describe('checkMetadata', () => {
  it('passes a right file', () => {
    const field =
      '<fullName>A__c</fullName><label>A</label><length>5</length><type>Text</type><unique>true</unique>';
    assert.deepEqual(faultsOf('CustomField', field), []);
  });

  const planted: [name: string, root: string, body: string, fault: string][] = [
    [
      'an element that does not exist',
      'CustomField',
      '<lenght>5</lenght>',
      'CustomField: <lenght> is not known',
    ],
    [
      'a value outside its list',
      'CustomField',
      '<type>Txt</type>',
      'CustomField.type: Txt is not an allowed value',
    ],
    [
      'a number that is none',
      'CustomField',
      '<length>five</length>',
      'CustomField.length: five is not a number',
    ],
    [
      'a truth that is none',
      'CustomField',
      '<unique>yes</unique>',
      'CustomField.unique: yes is not true or false',
    ],
    [
      'an element twice',
      'CustomField',
      '<label>A</label><label>B</label>',
      'CustomField.label appears 2 times',
    ],
    [
      'an element that is missing below',
      'PermissionSet',
      '<classAccesses><enabled>true</enabled></classAccesses><label>A</label>',
      'PermissionSet.classAccesses.apexClass is missing',
    ],
    ['a type that does not exist', 'CustomFeild', '', '<CustomFeild> is no metadata type'],
    [
      'text for elements',
      'CustomField',
      '<valueSet>one</valueSet>',
      'CustomField.valueSet: text where elements are expected',
    ],
    [
      'elements for text',
      'CustomField',
      '<label><b>A</b></label>',
      'CustomField.label: elements where a value is expected',
    ],
  ];
  for (const [name, root, body, fault] of planted)
    it(`finds ${name}`, () => assert.deepEqual(faultsOf(root, body), [fault]));

  it('finds XML that is not well formed, with its line', () => {
    const [fault] = metadataFaults(types, '<CustomField>\n<label>A</lable>\n</CustomField>');
    assert.match(fault ?? '', /^line 2: /u);
  });
});
