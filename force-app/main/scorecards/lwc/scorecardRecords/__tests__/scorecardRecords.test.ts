import { isAccessMissing, readReps, readScorecard } from 'c/scorecardRecords';
import {
  answerWith,
  cardAnswer,
  DIALS,
  repsAnswer,
} from '../../../../../test/jest-support/scorecardAnswer.ts';

describe('c/scorecardRecords', () => {
  it('reads the card and its metrics', () => {
    const card = readScorecard(cardAnswer());
    expect(card).toMatchObject({ score: 71, scoreLow: 63, scoreHigh: 78, isVerified: true, watermark: 100 });
    expect(card?.calculatedAt?.toISOString()).toBe('2026-08-20T13:10:00.000Z');
    expect(card?.metrics.map(({ name }) => name)).toEqual(['dials', 'connectRate']);
    expect(card?.metrics[0]).toMatchObject({ value: 780, low: undefined, high: undefined, points: 19.5 });
  });

  it('reads a card whose fields the user may not see', () => {
    const card = readScorecard(answerWith([{ Id: 'a001' }]));
    expect(card).toMatchObject({ dials: 0, score: undefined, watermark: 0, metrics: [] });
  });

  it('leaves out metrics it does not know', () => {
    const card = readScorecard(cardAnswer({}, [{ ...DIALS, Metric__c: 'charm' }, DIALS]));
    expect(card?.metrics).toHaveLength(1);
  });

  it.each([[undefined], [null], [{}], [{ uiapi: null }], [answerWith([])], ['text']])(
    'finds no card in %j',
    (data) => {
      expect(readScorecard(data)).toBeUndefined();
      expect(readReps(data)).toEqual([]);
    },
  );

  it('names each rep once, by name', () => {
    const tomas = { userId: '005T', name: 'Tomas Okafor' };
    const maya = { userId: '005M', name: 'Maya Lindqvist' };
    expect(readReps(repsAnswer([tomas, maya, tomas]))).toEqual([maya, tomas]);
  });

  it('tells missing access from other errors', () => {
    const denied =
      "Validation error (FieldUndefined@[uiapi/query/Rep_Scorecard__c]) : Field 'Rep_Scorecard__c' in type 'RecordQuery' is undefined";
    expect(isAccessMissing([{ message: denied }])).toBe(true);
    expect(
      isAccessMissing([{ message: 'Cannot query field "Rep_Scorecard__c" on type "RecordQuery".' }]),
    ).toBe(true);
    expect(isAccessMissing([{ message: 'Service unavailable' }])).toBe(false);
  });
});
